import { fromDecimal, roundWithUncertainty, toSignificant } from '../../shared/metrology/metrology.ts';
import {
  compareDecimal,
  decimalPlaces,
  type Rounding,
  roundDecimal,
  unitSymbol,
} from '../../shared/units/units.ts';

/** Not applicable, or not there: never a blank. */
export const dash = '–';

/**
 * One column of figures: the same number of places down the column, at most `most` of them, so that the points
 * stand under each other. What is cut off for print is whole in record.json.
 */
export function figures(values: (string | null | undefined)[], most: number): string[] {
  return column(values, most, (value, places) => roundDecimal(value, places));
}

/**
 * A column of errors, with their signs, rounded away from zero on a grid that holds the tolerance: the printed error
 * compared with the printed tolerance gives the decision that was taken on the exact one.
 */
export function errorFigures(
  values: (string | null | undefined)[],
  most: number,
  tolerance: string,
): string[] {
  return column(values, Math.max(most, decimalPlaces(tolerance)), (value, places) => {
    const text = roundDecimal(value, places, 'up');
    return text.startsWith('-') || !/[1-9]/.test(text) ? text : `+${text}`;
  });
}

function column(
  values: (string | null | undefined)[],
  most: number,
  print: (value: string, places: number) => string,
): string[] {
  const there = (value: string | null | undefined): value is string => value !== null && value !== undefined;
  const places = Math.min(most, Math.max(0, ...values.filter(there).map(decimalPlaces)));
  return values.map((value) => (there(value) ? print(value, places) : dash));
}

/** An error that is rounded already, with its sign; nothing has none. */
export const signed = (error: string): string => (/^-|^0(\.0*)?$/.test(error) ? error : `+${error}`);

/** What floating point would still tell apart: for a coefficient that no scatter says how to round. */
const digitsWithoutScatter = 12;

/**
 * `-21.3819 ± 0.0074`: a value and its standard uncertainty (>= 0), two significant digits of the uncertainty and the
 * value to the same place (JCGM 100:2008, 7.2.6).
 */
export function withUncertainty(value: string, uncertainty: string): string {
  if (compareDecimal(uncertainty, '0') === 0) {
    return `${toSignificant(fromDecimal(value), digitsWithoutScatter)} ± 0`;
  }
  const shown = roundWithUncertainty(value, uncertainty);
  return `${shown.value} ± ${shown.uncertainty}`;
}

/** A small figure by itself to two significant digits; `up` for one that is stated as a limit. */
export const twoDigits = (value: string, mode: Rounding = 'half-even'): string =>
  toSignificant(fromDecimal(value), 2, mode);

/**
 * `head °C`, for a column head: the one place where a unit is printed. The space is one at which no line is broken
 * (SI Brochure, 5.4.3: a number and its unit).
 */
export const inUnit = (head: string, unit: string | undefined): string =>
  unit === undefined || unitSymbol(unit) === '' ? head : `${head}\u00a0${unitSymbol(unit)}`;

/** Milliseconds as seconds, exactly: 45678 is 45.678. */
export function secondsOf(milliseconds: number): string {
  const text = Math.abs(milliseconds).toString().padStart(4, '0');
  return `${milliseconds < 0 ? '-' : ''}${text.slice(0, -3)}.${text.slice(-3)}`;
}

/** `2026-11-22 09:41 UTC`: one clock for every reader, whatever the computer's own zone. */
/** For what happens within one minute. */
export const secondOf = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

export const momentOf = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
