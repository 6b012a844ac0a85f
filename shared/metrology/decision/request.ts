import { z } from 'zod';
import { toNumber } from '../fit/text.ts';
import { checkRequest, RequestError } from '../request.ts';
import { type Decision, decide } from './decide.ts';
import { globalRisk, processDeviation, type Span } from './global-risk.ts';
import { halfWidth, type Limits, limitsOf } from './limits.ts';
import { numberText } from './numbers.ts';
import { decisionRuleIds } from './rules.ts';
import { amount, positiveAmount, share } from './schemas.ts';

const ruleName = z.enum(decisionRuleIds, `must be one of ${decisionRuleIds.join(', ')}`);
const limit = amount.nullable().default(null);
const schema = z.strictObject({
  error: amount,
  expandedUncertainty: positiveAmount,
  // A factor below 1 is no coverage factor (D-SI 2.2.1 refuses it as well); a slip of the pen is likelier.
  coverageFactor: positiveAmount.refine((k) => !(Number(k) < 1), 'must not be below 1').default('2'),
  /** One number stands for both sides. */
  tolerance: z.union(
    [
      positiveAmount.transform((symmetric) => ({ symmetric })),
      z.strictObject({ symmetric: positiveAmount }),
      z.strictObject({ lower: limit, upper: limit }),
    ],
    'must be a number above zero, or {"lower": ..., "upper": ...}',
  ),
  rule: z.union(
    [
      ruleName.transform((rule) => ({ rule, r: undefined })),
      z.strictObject({ rule: ruleName, r: amount.optional() }),
    ],
    `must be one of ${decisionRuleIds.join(', ')}, or {"rule": ..., "r": ...}`,
  ),
  /** How such units are spread before they are calibrated. */
  process: z
    .strictObject({
      inTolerance: share.optional(),
      standardDeviation: positiveAmount.optional(),
      mean: amount.optional(),
    })
    .optional(),
});
type Request = z.output<typeof schema>;

/** A decision with the risk over all such units, where the process is known. Decimal text. */
export interface DecisionAnswer extends Decision {
  global: {
    processStandardDeviation: string;
    falseAccept: string;
    falseReject: string;
    trueAccept: string;
    trueReject: string;
    falseAcceptOfAccepted: string | null;
  } | null;
}

/** The answer to a decision request as JSON has it. Throws RequestError that names the member. */
export function decisionAnswer(value: unknown): DecisionAnswer {
  const request = checkRequest(schema, value);
  const decision = decide(request);
  return { ...decision, global: request.process ? overAll(request, request.process, decision) : null };
}

function overAll(
  { tolerance, expandedUncertainty, coverageFactor }: Request,
  process: NonNullable<Request['process']>,
  { acceptance }: Decision,
): DecisionAnswer['global'] {
  const limits = limitsOf(tolerance);
  const setting = processOf(process, limits);
  const risk = globalRisk({
    tolerance: spanOf(limits),
    acceptance: acceptance && spanOf(limitsOf(acceptance)),
    process: setting,
    standardUncertainty: Number(expandedUncertainty) / Number(coverageFactor),
  });
  const { falseAcceptOfAccepted: ofAccepted } = risk;
  return {
    processStandardDeviation: numberText(setting.standardDeviation),
    falseAccept: numberText(risk.falseAccept),
    falseReject: numberText(risk.falseReject),
    trueAccept: numberText(risk.trueAccept),
    trueReject: numberText(risk.trueReject),
    falseAcceptOfAccepted: ofAccepted === null ? null : numberText(ofAccepted),
  };
}

/** Where only the share in tolerance is known, the process stands in the middle of the tolerance. */
function processOf(
  { inTolerance, standardDeviation, mean }: NonNullable<Request['process']>,
  limits: Limits,
): { standardDeviation: number; mean: number } {
  if ((inTolerance === undefined) === (standardDeviation === undefined)) {
    throw new RequestError('process', 'needs either inTolerance or standardDeviation');
  }
  if (standardDeviation !== undefined) {
    return { standardDeviation: Number(standardDeviation), mean: Number(mean ?? '0') };
  }
  const half = halfWidth(limits);
  const { lower, upper } = limits;
  if (half === null || lower === null || upper === null) {
    throw new RequestError('process.inTolerance', 'needs both limits of the tolerance');
  }
  if (mean !== undefined) throw new RequestError('process.mean', 'goes with standardDeviation');
  return {
    standardDeviation: processDeviation(toNumber(half), Number(inTolerance)),
    mean: (toNumber(lower) + toNumber(upper)) / 2,
  };
}

const spanOf = ({ lower, upper }: Limits): Span => ({
  lower: lower === null ? Number.NEGATIVE_INFINITY : toNumber(lower),
  upper: upper === null ? Number.POSITIVE_INFINITY : toNumber(upper),
});
