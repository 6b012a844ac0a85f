import { z } from 'zod';
import { decimal, list, notNegative, positive, withoutNulls } from '../request.ts';
import { distributionNames } from './distributions.ts';

const degrees = z.union([
  z
    .string()
    .regex(/^\s*\+?(inf|infinite|infinity|∞)\s*$/i)
    .transform(() => null),
  positive,
]);

const members = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'is empty; a source needs a name')
    .max(100)
    .regex(/^[^\p{C}]*$/u, 'has characters that cannot be printed'),
  unit: z.string().max(40).optional(),
  note: z.string().max(400).optional(),
  value: decimal.optional(),
  distribution: z
    .string()
    .transform((text) =>
      text
        .trim()
        .toLowerCase()
        .replace(/[\s_]+/g, '-'),
    )
    .refine((text) => distributionNames.includes(text), `must be one of ${distributionNames.join(', ')}`)
    .optional(),
  halfWidth: notNegative.optional(),
  resolution: notNegative.optional(),
  lower: decimal.optional(),
  upper: decimal.optional(),
  beta: notNegative.optional(),
  standardUncertainty: notNegative.optional(),
  expanded: notNegative.optional(),
  k: positive.optional(),
  probability: positive.optional(),
  readings: list(decimal).optional(),
  pooledStandardDeviation: notNegative.optional(),
  effectiveN: z.boolean().optional(),
  degreesOfFreedom: degrees.optional(),
  relativeUncertaintyOfUncertainty: positive.optional(),
  sensitivity: decimal.optional(),
});
/** One line of a budget as it is asked. */
export const sourceSchema = z.preprocess(withoutNulls, members);
export type Source = z.output<typeof sourceSchema>;

/** The members of which a source has exactly one: the form its uncertainty is given in. */
export const forms = [
  'readings',
  'halfWidth',
  'resolution',
  'lower',
  'standardUncertainty',
  'expanded',
] as const;
export type Form = (typeof forms)[number];
