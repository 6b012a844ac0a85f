import { z } from 'zod';
import { decimal, list, RequestError } from '../request.ts';
import { roundingBits } from './nonlinear/problem.ts';
import { fromText, magnitude, minus, nought, type Real } from './real/real.ts';
import { at, type Matrix, matrixTimes, type Vector } from './real/symmetric.ts';

/** Three values along x, y and z. */
export const triple = z.array(decimal).length(3, 'must be three values, along x, y and z');
export const triples = list(triple);
export const longTriples = (rows: readonly (readonly string[])[]): Real[][] =>
  rows.map((row) => row.map(fromText));

export function sameLength(a: readonly unknown[], b: readonly unknown[], name: string): void {
  if (a.length !== b.length) throw new RequestError(name, `has ${b.length} rows for ${a.length} of x`);
}

/** matrix (reading - bias); a component of which only rounding is left is zero. */
export function correctedBy(matrix: Matrix, bias: Vector, reading: Vector): Real[] {
  const found = matrixTimes(
    matrix,
    reading.map((value, k) => minus(value, at(bias, k))),
  );
  const largest = Math.max(...found.map(magnitude));
  return found.map((value) => (magnitude(value) < largest - roundingBits ? nought : value));
}
