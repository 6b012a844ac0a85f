import { decimalPlaces, roundDecimal, unitSymbol } from '../../shared/units/units.ts';

/** Not applicable, or not there: never a blank. */
export const dash = '–';

/**
 * One column of figures: the same number of places down the column, at most `most` of them, so that the points
 * stand under each other. `signed` prints a plus. What is cut off for print is whole in record.json.
 */
export function figures(values: (string | null | undefined)[], most: number, signed = false): string[] {
  const shown = values.filter((value) => value !== null && value !== undefined);
  const places = Math.min(most, Math.max(0, ...shown.map(decimalPlaces)));
  return values.map((value) => {
    if (value === null || value === undefined) return dash;
    const text = roundDecimal(value, places);
    return signed && /[1-9]/.test(text) && !text.startsWith('-') ? `+${text}` : text;
  });
}

/** `head °C`, for a column head: the one place where a unit is printed. */
export const inUnit = (head: string, unit: string | undefined): string =>
  unit === undefined || unitSymbol(unit) === '' ? head : `${head} ${unitSymbol(unit)}`;

/** Milliseconds as seconds, exactly: 45678 is 45.678. */
export function secondsOf(milliseconds: number): string {
  const text = Math.abs(milliseconds).toString().padStart(4, '0');
  return `${milliseconds < 0 ? '-' : ''}${text.slice(0, -3)}.${text.slice(-3)}`;
}

/** `2026-11-22 09:41 UTC`: one clock for every reader, whatever the computer's own zone. */
export const momentOf = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
