import { z } from 'zod';
import { decimal, notNegative, positive, whole, withoutNulls } from '../request.ts';
import { roundingRules } from '../uncertainty-rounding.ts';
import { correlationSchema, entriesOfMatrix } from './correlation-forms.ts';
import { sourceSchema } from './source-schema.ts';

const model = z.string().trim().min(1, 'is empty').max(5000);

const members = z.strictObject({
  sources: z.array(sourceSchema).min(1).max(200),
  correlations: z.array(correlationSchema).max(20_000).optional(),
  probability: decimal
    .refine((text) => Number(text) > 0 && Number(text) < 1, 'must lie between 0 and 1')
    .optional(),
  model: model.optional(),
  models: z
    .record(z.string().min(1).max(100), model)
    .refine((all) => Object.keys(all).length > 0 && Object.keys(all).length <= 20, 'holds 1 to 20 models')
    .optional(),
  order: whole(1, 2).optional(),
  coverageFactor: positive.optional(),
  rounding: z.enum(roundingRules).optional(),
  significantDigits: whole(1, 2).optional(),
  floor: notNegative.optional(),
  unit: z.string().max(40).optional(),
  monteCarlo: z
    .union([
      z.boolean(),
      z.strictObject({
        seed: whole(0, 999_999_999).optional(),
        trials: whole(10_000, 2_000_000).optional(),
      }),
    ])
    .optional(),
  digits: whole(3, 30).optional(),
});
const named = z.looseObject({
  sources: z.array(z.looseObject({ name: z.string().trim() })),
  correlations: z.unknown(),
});

/** Members that are null are left out, and a matrix of correlations becomes its entries. */
function readable(asked: unknown): unknown {
  const request = withoutNulls(asked);
  const read = named.safeParse(request);
  if (!read.success || !Array.isArray(read.data.correlations)) return request;
  const names = read.data.sources.map(({ name }) => name);
  return { ...read.data, correlations: entriesOfMatrix(read.data.correlations, names) };
}

/** What `plumb budget` is asked. */
export const budgetRequest = z.preprocess(readable, members);
export type BudgetRequest = z.output<typeof budgetRequest>;
