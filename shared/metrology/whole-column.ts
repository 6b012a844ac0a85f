import { greatestCommonDivisor, type Rational } from './rational.ts';

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
