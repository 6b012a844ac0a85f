import { parseDecimal, powerOfTen } from '../units/units.ts';
import { greatestCommonDivisor } from './divisor.ts';
import type { Rational } from './rational.ts';

/** Fractions over one common denominator: value = whole / scale. Sums over it need no reduction on the way. */
export interface WholeColumn {
  readonly whole: readonly bigint[];
  readonly scale: bigint;
}

export function wholeColumn(values: readonly Rational[]): WholeColumn {
  let scale = 1n;
  for (const { under } of values) scale *= under / greatestCommonDivisor(scale, under);
  return { whole: values.map(({ over, under }) => over * (scale / under)), scale };
}

export const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

export const dot = (a: readonly bigint[], b: readonly bigint[]): bigint =>
  a.reduce((total, value, i) => total + value * (b[i] ?? 0n), 0n);

/** Decimal text over one power of ten: nothing to reduce, however many readings there are. */
export function decimalColumn(texts: readonly string[]): WholeColumn {
  const values = texts.map(parseDecimal);
  const places = values.reduce((most, value) => Math.max(most, value.places), 0);
  return {
    whole: values.map((value) => value.digits * powerOfTen(places - value.places)),
    scale: powerOfTen(places),
  };
}

/** Each value to the power of `exponent` (0 gives ones). */
export const power = ({ whole, scale }: WholeColumn, exponent: number): WholeColumn => ({
  whole: whole.map((value) => value ** BigInt(exponent)),
  scale: scale ** BigInt(exponent),
});

/** a - b, value by value. */
export const minus = (a: WholeColumn, b: WholeColumn): WholeColumn => ({
  whole: a.whole.map((value, i) => value * b.scale - (b.whole[i] ?? 0n) * a.scale),
  scale: a.scale * b.scale,
});

/** A square matrix of fractions over one common denominator. */
export interface WholeMatrix {
  readonly whole: readonly (readonly bigint[])[];
  readonly scale: bigint;
}

export function wholeMatrix(rows: readonly (readonly Rational[])[]): WholeMatrix {
  const { whole, scale } = wholeColumn(rows.flat());
  return { whole: rows.map((row, j) => whole.slice(j * row.length, (j + 1) * row.length)), scale };
}

/**
 * One value as it stands, denominator above zero but not in lowest terms: good for text, without the time that it
 * takes to reduce numbers of thousands of digits.
 */
export const unreduced = (whole: bigint, scale: bigint): Rational =>
  scale < 0n ? { over: -whole, under: -scale } : { over: whole, under: scale };
