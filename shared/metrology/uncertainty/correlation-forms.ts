import { z } from 'zod';
import { fromDecimal } from '../rational.ts';
import { decimal, RequestError } from '../request.ts';

const name = z.string().trim();
/** Left out or `readings`: from the readings of both, taken pair by pair. */
const coefficient = z.union([z.literal('readings'), decimal]).optional();

/** Other words for the members of a correlation. */
const otherWords: Readonly<Record<string, string>> = {
  coefficient: 'r',
  correlation: 'r',
  rho: 'r',
  value: 'r',
  first: 'a',
  second: 'b',
  i: 'a',
  j: 'b',
  x: 'a',
  y: 'b',
  names: 'between',
  sources: 'between',
  pair: 'between',
};

const renamed = (entry: unknown): unknown =>
  typeof entry === 'object' && entry !== null && !Array.isArray(entry)
    ? Object.fromEntries(
        Object.entries(entry).map(([key, value]) => [
          Object.hasOwn(otherWords, key) ? otherWords[key] : key,
          value,
        ]),
      )
    : entry;

/** `{"a": "V", "b": "I", "r": "-0.36"}`, `{"between": ["V", "I"], "r": "-0.36"}`, or shorter `["V", "I", "-0.36"]`. */
export const correlationSchema = z.preprocess(
  renamed,
  z.union([
    z.strictObject({ a: name, b: name, r: coefficient }),
    z
      .strictObject({ between: z.tuple([name, name]), r: coefficient })
      .transform(({ between: [a, b], r }) => ({ a, b, r })),
    z.tuple([name, name, decimal]).transform(([a, b, r]) => ({ a, b, r })),
  ]),
);
export type Correlation = z.output<typeof correlationSchema>;

const matrixSchema = z.array(z.array(decimal));

/**
 * A whole matrix in the order of the sources as its entries; anything else as it is. Throws RequestError for a matrix
 * that is not symmetric or whose diagonal is not 1.
 */
export function entriesOfMatrix(asked: unknown, names: readonly unknown[]): unknown {
  const read = matrixSchema.safeParse(asked);
  const isSquare =
    read.success &&
    read.data.length === names.length &&
    read.data.every((row) => row.length === names.length);
  // With sources of such names `["1", "2", "0.5"]` is one correlation between two of them.
  if (!isSquare || names.some((each) => typeof each === 'string' && decimal.safeParse(each).success)) {
    return asked;
  }
  const isSame = (a: string, b: string): boolean =>
    fromDecimal(a).over * fromDecimal(b).under === fromDecimal(b).over * fromDecimal(a).under;
  return read.data.flatMap((row, i) =>
    row.flatMap((r, j) => {
      const mirrored = i === j ? '1' : (read.data[j]?.[i] ?? '');
      if (!isSame(r, mirrored)) {
        const mistake = i === j ? 'must be 1: a source with itself' : 'differs from its mirror image';
        throw new RequestError(`correlations.${i}.${j}`, mistake);
      }
      return i < j && fromDecimal(r).over !== 0n ? [{ a: names[i], b: names[j], r }] : [];
    }),
  );
}
