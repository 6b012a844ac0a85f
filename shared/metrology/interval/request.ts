import { z } from 'zod';
import { amount, notNegativeAmount, positiveAmount, share } from '../decision/schemas.ts';
import { checkRequest, list, whole } from '../request.ts';
import { testInterval } from './a3.ts';
import type { IntervalAnswer } from './answer.ts';
import { intervalFromHistory, intervalMethods } from './from-history.ts';
import { reliabilityInterval } from './s2.ts';
import { staircase } from './staircase.ts';
import { variablesInterval } from './variables.ts';

const bounds = { shortest: positiveAmount.optional(), longest: positiveAmount.optional() };
const many = 1_000_000;

const a3 = z.strictObject({
  method: z.literal('a3'),
  calibrations: whole(0, many),
  inTolerance: whole(0, many),
  interval: positiveAmount,
  targetReliability: share.default('0.95'),
  confidence: share.optional(),
  maximumChange: positiveAmount.optional(),
  ...bounds,
});

const s2 = z.strictObject({
  method: z.literal('s2'),
  groups: list(
    z
      .strictObject({ time: positiveAmount, calibrations: whole(1, many), inTolerance: whole(0, many) })
      .refine((group) => group.inTolerance <= group.calibrations, {
        path: ['inTolerance'],
        message: 'must not be more than calibrations',
      })
      .transform(({ time, ...counts }) => ({ time: Number(time), ...counts })),
  ),
  targetReliability: share.default('0.95'),
  ...bounds,
});

const limit = amount.nullable().default(null);
const variables = z.strictObject({
  method: z.literal('variables'),
  times: list(positiveAmount),
  changes: list(amount),
  degree: whole(1, 4).optional(),
  initialValue: amount.optional(),
  standardUncertainty: notNegativeAmount.default('0'),
  limits: z.strictObject({ lower: limit, upper: limit }).optional(),
  confidence: share.optional(),
  uncertaintyTarget: positiveAmount.optional(),
  ...bounds,
});

const staircaseSchema = z.strictObject({
  method: z.literal('staircase'),
  interval: positiveAmount,
  largestError: amount,
  tolerance: positiveAmount,
  lengthenUpTo: positiveAmount.optional(),
  lengthenBy: positiveAmount.optional(),
  shortenBy: positiveAmount.optional(),
  ...bounds,
});

const points = list(z.strictObject({ nominal: amount, error: amount }));
const history = z.strictObject({
  method: z.enum(intervalMethods),
  history: list(
    z.strictObject({
      date: z.iso.date('must be a day, such as "2026-11-22"'),
      tolerance: positiveAmount,
      asFound: points,
      adjusted: z.boolean().default(false),
      asLeft: points.optional(),
    }),
  ),
  intervalDays: whole(1, 36_500),
  targetReliability: share.optional(),
  standardUncertainty: notNegativeAmount.optional(),
  ...bounds,
});

const named = z.looseObject({
  method: z.enum(intervalMethods, `must be one of ${intervalMethods.join(', ')}`),
  history: z.unknown().optional(),
});

/** The answer to an interval request as JSON has it. Throws RequestError that names the member. */
export function intervalAnswer(value: unknown): IntervalAnswer {
  const { method, history: past } = checkRequest(named, value);
  if (past !== undefined || method === 'fixed') return intervalFromHistory(checkRequest(history, value));
  return fromData[method](value);
}

/** The methods on data that were prepared elsewhere. */
const fromData: Record<'a3' | 's2' | 'staircase' | 'variables', (value: unknown) => IntervalAnswer> = {
  a3: (value) => testInterval(checkRequest(a3, value)),
  s2: (value) => reliabilityInterval(checkRequest(s2, value)),
  staircase: (value) => staircase(checkRequest(staircaseSchema, value)),
  variables: (value) => variablesInterval(checkRequest(variables, value)),
};
