import { NumberError, nearestQuanta, parseDecimal } from '../../shared/units/units.ts';

/** NaN is a bad sample, `absent` none, as in the columns of the rule engine; null: no number at all. */
export const absent = Number.POSITIVE_INFINITY;
const valueMax = 2 ** 31;
const noValue = new Set(['', '-', '--']);
const badValue = new Set(['nan', 'null', 'none', 'n/a', 'na', 'bad', 'inf', '-inf', 'infinity', '-infinity']);

export type Quantise = (text: string) => number | null;

/** Decimal places of a quantum that is a power of ten, else null. */
function tenths(quantum: string): number | null {
  const { digits, places } = parseDecimal(quantum);
  const text = digits.toString();
  return /^10*$/.test(text) && places >= text.length - 1 ? places - (text.length - 1) : null;
}

/**
 * Text to whole quanta, the nearest; a half goes to the even one. Most cells are plain decimal numbers with no more
 * places than the quantum: those are read digit by digit, everything else as exact fractions.
 */
export function quantiser(quantum: string, decimal: ',' | '.' = '.'): Quantise {
  const places = tenths(quantum);
  const point = decimal.charCodeAt(0);
  return (cell) => {
    const quick = places === null ? null : plainCount(cell, places, point);
    return quick ?? slowCount(cell.trim(), quantum, decimal);
  };
}

function plainCount(cell: string, places: number, point: number): number | null {
  const { length } = cell;
  if (length === 0 || length > 15) return null;
  const negative = cell.charCodeAt(0) === 45;
  let count = 0;
  let after = -1;
  for (let at = negative ? 1 : 0; at < length; at += 1) {
    const code = cell.charCodeAt(at);
    if (code === point && after < 0) {
      after = 0;
      continue;
    }
    if (code < 48 || code > 57) return null;
    if (after >= 0) after += 1;
    count = count * 10 + (code - 48);
  }
  const more = places - Math.max(after, 0);
  if (more < 0 || (length === 1 && (negative || after === 0))) return null;
  const scaled = count * 10 ** more;
  if (scaled > valueMax) return null;
  return negative && scaled > 0 ? -scaled : scaled;
}

function slowCount(text: string, quantum: string, decimal: ',' | '.'): number | null {
  if (noValue.has(text)) return absent;
  if (badValue.has(text.toLowerCase())) return Number.NaN;
  try {
    const count = nearestQuanta(decimal === ',' ? text.replace(',', '.') : text, quantum);
    return Math.abs(count) <= valueMax ? count : null;
  } catch (thrown) {
    if (thrown instanceof NumberError) return null;
    throw thrown;
  }
}
