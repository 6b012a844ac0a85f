import { normaliseDecimal } from '../../units/units.ts';
import { toNumber } from '../fit/text.ts';
import { divide, fromDecimal, type Rational } from '../rational.ts';
import { RequestError } from '../request.ts';
import { type Acceptance, acceptanceOf, type Uncertainty } from './acceptance.ts';
import { conformanceOf } from './conformance.ts';
import { type Limits, limitsOf, type Tolerance } from './limits.ts';
import { complementText, exactText, numberText } from './numbers.ts';
import { type ChosenRule, type DecisionRule, decisionRules } from './rules.ts';
import { ruleWords, verdictWords } from './statement.ts';
import { isTooUncertain, type Verdict, verdictOf } from './verdict.ts';

/** Decimal text throughout. */
export interface DecisionRequest {
  error: string;
  /** U > 0, in the unit of the error. */
  expandedUncertainty: string;
  /** k > 0 of U. */
  coverageFactor: string;
  tolerance: Tolerance;
  rule: ChosenRule;
}

export interface Decision {
  verdict: Verdict;
  /** Limits of the error at which this rule passes, exact; null where it can pass nothing. */
  acceptance: { lower: string | null; upper: string | null } | null;
  tolerance: { lower: string | null; upper: string | null };
  /** w, exact. Where it does not end in decimals it is rounded up, and decided with as it is printed. */
  guardBand: string;
  /** TL/U; null where the tolerance has one limit only. */
  testUncertaintyRatio: string | null;
  /** Probability that the true error lies within the tolerance (JCGM 106). */
  conformanceProbability: string;
  /** 1 - conformanceProbability: of this very value, whatever the verdict. */
  specificRisk: string;
  /** Of a value exactly on the acceptance limit: the most that is accepted; null where nothing is. */
  riskAtAcceptanceLimit: string | null;
  /** Sentences for the certificate: what was decided, and by which rule with which risk. */
  statement: string;
  ruleStatement: string;
}

/** Decides on exact decimals. Throws RequestError with the member of the request that cannot be meant. */
export function decide(request: DecisionRequest): Decision {
  const error = fromDecimal(request.error);
  const uncertainty = uncertaintyOf(request);
  const limits = limitsOf(request.tolerance);
  const acceptance = acceptanceOf(request.rule, limits, uncertainty);
  const { statements }: DecisionRule = decisionRules[request.rule.rule];
  const { expanded, standard } = uncertainty;
  const verdict = verdictOf({ error, limits, acceptance, expanded, statements });
  const { probability, risk } = conformanceOf(error, limits, standard);
  const atLimit = riskAtLimit(limits, acceptance, standard);
  const figures = {
    acceptance: acceptance.limits && textOf(acceptance.limits),
    tolerance: textOf(limits),
    guardBand: text(acceptance.guardBand),
  };
  return {
    verdict,
    ...figures,
    testUncertaintyRatio:
      acceptance.testUncertaintyRatio && numberText(toNumber(acceptance.testUncertaintyRatio)),
    conformanceProbability: risk < 0.5 ? complementText(risk) : numberText(probability),
    specificRisk: numberText(risk),
    riskAtAcceptanceLimit: atLimit === null ? null : numberText(atLimit),
    statement: verdictWords(verdict, { ...figures, error: normaliseDecimal(request.error), risk }),
    ruleStatement: ruleWords(request.rule, {
      guardBand: figures.guardBand,
      atLimit,
      tooUncertain: isTooUncertain(limits, acceptance, expanded),
    }),
  };
}

function uncertaintyOf({
  expandedUncertainty,
  coverageFactor,
}: Pick<DecisionRequest, 'expandedUncertainty' | 'coverageFactor'>): Uncertainty {
  const expanded = fromDecimal(expandedUncertainty);
  const factor = fromDecimal(coverageFactor);
  if (expanded.over <= 0n) throw new RequestError('expandedUncertainty', 'must be above zero');
  if (factor.over <= 0n) throw new RequestError('coverageFactor', 'must be above zero');
  return { expanded, standard: divide(expanded, factor) };
}

/** The larger of the risks on both acceptance limits. */
function riskAtLimit(limits: Limits, { limits: accepted }: Acceptance, standard: Rational): number | null {
  if (accepted === null) return null;
  const risks = [accepted.lower, accepted.upper].flatMap((limit) =>
    limit === null ? [] : [conformanceOf(limit, limits, standard).risk],
  );
  return Math.max(...risks);
}

/** Every limit here ends in decimals. */
const text = (value: Rational): string => exactText(value) ?? numberText(toNumber(value), 17);
const textOf = ({ lower, upper }: Limits) => ({ lower: lower && text(lower), upper: upper && text(upper) });
