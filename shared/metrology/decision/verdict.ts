import { larger, type Rational, rational, subtract } from '../rational.ts';
import type { Acceptance } from './acceptance.ts';
import { halfWidth, type Limits, liesWithin, movedInward } from './limits.ts';
import type { DecisionRule } from './rules.ts';

/**
 * The words of the Digital Calibration Certificate (dcc:stringConformityStatementStatusType), without its noPass and
 * noFail: where a pass or a fail cannot be stated, the conditional words say on which side the value lies.
 */
export const verdicts = ['pass', 'conditionalPass', 'conditionalFail', 'fail'] as const;
export type Verdict = (typeof verdicts)[number];

interface Case {
  error: Rational;
  limits: Limits;
  acceptance: Acceptance;
  expanded: Rational;
  statements: DecisionRule['statements'];
}

/** U is above TL, or the guard band leaves nothing: nothing can be passed or failed outright within TL + U. */
export const isTooUncertain = (
  limits: Limits,
  acceptance: Pick<Acceptance, 'limits'>,
  expanded: Rational,
): boolean => {
  const half = halfWidth(limits);
  return acceptance.limits === null || (half !== null && subtract(half, expanded).over < 0n);
};

/** Every limit belongs to the better side: a value exactly on the acceptance limit passes (ILAC-G8, 4.2: <=). */
export function verdictOf({ error, limits, acceptance, expanded, statements }: Case): Verdict {
  const inTolerance = liesWithin(error, limits);
  if (isTooUncertain(limits, acceptance, expanded)) {
    if (inTolerance) return 'conditionalPass';
    return liesWithin(
      error,
      outward(limits, statements === 'binary' ? expanded : larger(acceptance.guardBand, expanded)),
    )
      ? 'conditionalFail'
      : 'fail';
  }
  if (acceptance.limits !== null && liesWithin(error, acceptance.limits)) return 'pass';
  if (statements === 'binary') return 'fail';
  if (inTolerance) return 'conditionalPass';
  return liesWithin(error, outward(limits, acceptance.guardBand)) ? 'conditionalFail' : 'fail';
}

const outward = (limits: Limits, by: Rational): Limits => movedInward(limits, subtract(rational(0n), by));
