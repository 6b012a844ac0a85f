import { toNumber } from '../fit/text.ts';
import {
  compare,
  divide,
  fromDecimal,
  larger,
  multiply,
  negate,
  type Rational,
  rational,
  square,
  subtract,
  toPlaces,
} from '../rational.ts';
import { RequestError } from '../request.ts';
import { conformance } from './conformance.ts';
import { halfWidth, isEmpty, type Limits, movedInward } from './limits.ts';
import { endedUp, rootNotAbove } from './numbers.ts';
import { type ChosenRule, checkMultiple, type DecisionRule, decisionRules, type GuardBand } from './rules.ts';

export interface Acceptance {
  /** w >= 0, a decimal that ends: printed and decided on alike. */
  readonly guardBand: Rational;
  /** Null where no value can be accepted. */
  readonly limits: Limits | null;
  /** TL/U; null where the tolerance is open on one side. */
  readonly testUncertaintyRatio: Rational | null;
}

export interface Uncertainty {
  readonly expanded: Rational;
  readonly standard: Rational;
}

/** The acceptance limits of a rule. Throws RequestError for a rule that cannot be used with these limits. */
export function acceptanceOf(rule: ChosenRule, limits: Limits, uncertainty: Uncertainty): Acceptance {
  const definition: DecisionRule = decisionRules[rule.rule];
  const half = halfWidth(limits);
  const guardBand = endedUp(guardBandOf(definition.guardBand, checkMultiple(rule), { half, uncertainty }));
  const accepted = movedInward(limits, guardBand);
  return {
    guardBand,
    limits: isEmpty(accepted) ? null : accepted,
    testUncertaintyRatio: half && divide(half, uncertainty.expanded),
  };
}

interface Setting {
  half: Rational | null;
  uncertainty: Uncertainty;
}

function guardBandOf(band: GuardBand, chosen: Rational | null, setting: Setting): Rational {
  const { expanded, standard } = setting.uncertainty;
  switch (band.kind) {
    case 'multiple':
      return multiply(chosen ?? fromDecimal(band.multiple ?? '1'), expanded);
    case 'standard':
      return multiply(fromDecimal(band.multiple), standard);
    case 'factor':
      return subtract(halfOf(setting), factors[band.factor](halfOf(setting), expanded));
    case 'probability':
      return larger(multiply(fromDecimal(band.multiple), expanded), guardBandFor(band.conformance, setting));
  }
}

function halfOf({ half }: Setting): Rational {
  if (half === null) throw new RequestError('tolerance', 'must have both limits: this rule needs TL/U');
  return half;
}

const none = rational(0n);

/** The acceptance limit (half width) by the half width of the tolerance TL and U; below zero where there is none. */
const factors = {
  /**
   * Dobbert: AL = TL (1 - M/TUR), M = 1.04 - exp(0.38 ln TUR - 0.54). Above TUR 4.6 M turns negative: an acceptance
   * limit outside the tolerance is not meant, so M is at least 0. M x U is rounded up at twelve places of M.
   */
  'dobbert-6': (half, expanded) => {
    const m = 1.04 - Math.exp(0.38 * Math.log(toNumber(divide(half, expanded))) - 0.54);
    const multiplier = fromDecimal(toPlaces(fromDecimal(Math.max(m, 0).toExponential(14)), 12, 'up'));
    return subtract(half, multiply(multiplier, expanded));
  },
  /** AL = sqrt(TL^2 - U^2), not above it. */
  'root-sum-square': (half, expanded) => {
    const left = subtract(square(half), square(expanded));
    return left.over < 0n ? negate(expanded) : rootNotAbove(left, half);
  },
  'one-less-inverse': (half, expanded) => subtract(half, expanded),
} as const satisfies Record<string, (half: Rational, expanded: Rational) => Rational>;

/**
 * The guard band at which a value on the acceptance limit conforms with this probability, both limits counted, as a
 * multiple of u rounded up; all of the tolerance and more where even its middle does not conform so probably.
 */
function guardBandFor(probability: number, { half, uncertainty }: Setting): Rational {
  const { standard } = uncertainty;
  const width = half === null ? Number.POSITIVE_INFINITY : 2 * toNumber(divide(half, standard));
  const at = (g: number): number => conformance(width - g, g).probability;
  const most = Math.min(width / 2, 10);
  if (at(most) < probability) return multiply(fromDecimal('1.001'), half ?? none);
  let [low, high] = [0, most];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (at(middle) < probability) low = middle;
    else high = middle;
  }
  const multiple = fromDecimal(toPlaces(fromDecimal(high.toExponential(14)), 6, 'up'));
  const band = multiply(multiple, standard);
  return half !== null && compare(band, half) > 0 ? half : band;
}
