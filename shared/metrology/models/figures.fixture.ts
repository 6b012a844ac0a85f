import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { toNumber } from '../fit/text.ts';
import { absolute, add, divide, fromDecimal, negate } from '../rational.ts';

const folder = new URL('../../../test/fixtures/metrology/', import.meta.url);

/** Published figures: a file of test/fixtures/metrology, read by `schema`. */
export const figures = <Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> =>
  schema.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));

export const figureNames = (beginning: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(beginning))
    .map((name) => name.replace(/\.json$/, ''));

/** |found - expected| / |expected|, exact until the last step; |found| where zero is expected. */
export function relativeDifference(found: string, expected: string): number {
  const wanted = fromDecimal(expected);
  const difference = absolute(add(fromDecimal(found), negate(wanted)));
  return toNumber(wanted.over === 0n ? difference : divide(difference, absolute(wanted)));
}

const text = z.string();
export const nonlinearCase = z.object({
  model: text,
  data_strings: z.array(z.array(text)),
  start_1: z.array(text),
  start_2: z.array(text),
  certified: z.object({
    parameters: z.array(z.object({ name: text, estimate: text, standard_deviation: text })),
    residual_ss: text,
    residual_standard_deviation: text,
    dof: z.number(),
  }),
  exact: z.object({ parameters: z.array(z.object({ estimate: text, standard_deviation: text })) }).optional(),
});
