import { z } from 'zod';
import { decimal, notNegative, positive, whole } from '../request.ts';
import { roundingRules } from '../uncertainty-rounding.ts';
import { correlationSchema } from './correlations.ts';
import { sourceSchema } from './source-schema.ts';

const model = z.string().trim().min(1, 'is empty').max(5000);

/** What `plumb budget` is asked. */
export const budgetRequest = z.strictObject({
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
export type BudgetRequest = z.output<typeof budgetRequest>;
