import { absolute, compare, larger, type Rational, subtract, zero } from '../rational.ts';
import type { WholeMatrix } from '../whole-column.ts';
import { type LackOfFit, lackOfFit, varianceRatio } from './analysis.ts';
import { fitObservations, type LinearFit, type Observations, observationsOf } from './linear.ts';
import { type LinearModel, offsetModel, polynomialModel } from './linear-model.ts';
import { rootText, valueText } from './text.ts';
import type { Weighting } from './weights.ts';

/** The models that a calibration may choose from, the simplest first. To add one: one line here. */
const candidates = {
  offset: offsetModel,
  line: polynomialModel(1),
  'polynomial-2': polynomialModel(2),
  'polynomial-3': polynomialModel(3),
} as const satisfies Record<string, LinearModel>;
export type CandidateName = keyof typeof candidates;

export interface ComparedModel {
  model: CandidateName;
  /** Null where no degree of freedom is left. */
  residualStandardDeviation: string | null;
  residualSumOfSquares: string;
  degreesOfFreedom: number;
  /** Null where no x repeats, or no different x is left. */
  lackOfFit: LackOfFit | null;
  largestResidual: string;
  /** Runs of residuals of one sign, in the order of x; few where the model misses a bend. */
  signRuns: number;
  coefficients: string[];
  proposed: boolean;
}

export interface Comparison {
  /** The simplest first; models with more coefficients than the readings determine are left out. */
  models: ComparedModel[];
  proposed: CandidateName;
  /** Why, in one sentence. */
  reason: string;
}

export interface CompareOptions {
  /** Weights of the readings, such as `inverseSquares` of stated uncertainties; or the inverse of their covariance. */
  weights?: readonly Rational[] | WholeMatrix;
  /** What the weights stand for; absolute where left out. */
  weighting?: Weighting;
  /** A model is refused where chance would show as much less often than this; 0.05. */
  level?: number;
  digits?: number;
  /** Only these; all where left out. */
  models?: readonly CandidateName[];
}

/**
 * Lays models beside each other and proposes one: the simplest that shows no lack of fit and that no larger one
 * improves significantly (extra sum of squares). Fails with FIT_IMPOSSIBLE where not even the simplest can be fitted.
 */
export function compareModels(
  x: readonly string[],
  y: readonly string[],
  { weights, weighting = 'absolute', level = 0.05, digits = 15, models }: CompareOptions = {},
): Comparison {
  const observations = observationsOf([x], y, weights ?? null, weights ? weighting : 'none');
  const names = (Object.keys(candidates) as CandidateName[]).filter((name) => models?.includes(name) ?? true);
  const fits = names.flatMap((name) => fitted(name, observations, name === names[0]));
  const { name: proposed, reason } = choose(fits, level);
  return {
    models: fits.map(({ name, fit }) => compared(name, fit, digits, name === proposed)),
    proposed,
    reason,
  };
}

interface Fitted {
  name: CandidateName;
  fit: LinearFit;
}

const differentPlaces = ({ x }: Observations): number => new Set(x[0]?.whole).size;

/** A model that the readings cannot judge is no candidate; the simplest one fails in words of its own. */
function fitted(name: CandidateName, observations: Observations, demanded: boolean): Fitted[] {
  const count = candidates[name].names.length;
  const judged = observations.y.whole.length > count && differentPlaces(observations) >= count;
  return judged || demanded ? [{ name, fit: fitObservations(candidates[name], observations) }] : [];
}

function choose(fits: readonly Fitted[], level: number): { name: CandidateName; reason: string } {
  for (const [at, candidate] of fits.entries()) {
    const lack = lackOfFit(candidate.fit, 15);
    const lacks = lack !== null && lack.statistic !== null && Number(lack.p) < level;
    const better = fits.slice(at + 1).find(({ fit }) => improves(candidate.fit, fit, level));
    if (!lacks && better === undefined) {
      const why =
        lack === null
          ? 'no larger model is significantly better'
          : 'it shows no lack of fit, and no larger model is significantly better';
      return { name: candidate.name, reason: `the simplest model: ${why}` };
    }
  }
  const best = [...fits].sort((a, b) => compare(spread(a.fit), spread(b.fit)))[0];
  if (best === undefined) throw new RangeError('no model to compare');
  return { name: best.name, reason: 'every model shows a lack of fit; this one leaves the least' };
}

const spread = ({ exact }: LinearFit): Rational => exact.residualVariance ?? zero;

/** The F test of the extra sum of squares: is what the larger model explains besides more than chance? */
function improves(small: LinearFit, large: LinearFit, level: number): boolean {
  const degrees = small.exact.degreesOfFreedom - large.exact.degreesOfFreedom;
  const extra = subtract(small.exact.residualSumOfSquares, large.exact.residualSumOfSquares);
  const ratio = varianceRatio(
    extra,
    degrees,
    large.exact.residualSumOfSquares,
    large.exact.degreesOfFreedom,
    15,
  );
  return ratio !== null && Number(ratio.p) < level;
}

function compared(name: CandidateName, fit: LinearFit, digits: number, proposed: boolean): ComparedModel {
  const { exact } = fit;
  return {
    model: name,
    residualStandardDeviation: exact.residualVariance && rootText(exact.residualVariance, digits),
    residualSumOfSquares: valueText(exact.residualSumOfSquares, digits),
    degreesOfFreedom: exact.degreesOfFreedom,
    lackOfFit: lackOfFit(fit, digits),
    largestResidual: valueText(exact.residuals.map(absolute).reduce(larger, zero), digits),
    signRuns: signRuns(fit),
    coefficients: exact.parameters.map((value) => valueText(value, digits)),
    proposed,
  };
}

function signRuns({ exact, observations }: LinearFit): number {
  const x = observations.x[0]?.whole ?? [];
  const order = [...exact.left.whole.keys()].sort((a, b) => {
    const difference = (x[a] ?? 0n) - (x[b] ?? 0n);
    return difference < 0n ? -1 : Number(difference > 0n);
  });
  const signs = order.map((at) => exact.left.whole[at] ?? 0n).filter((value) => value !== 0n);
  return signs.filter((value, at) => at === 0 || value < 0n !== (signs[at - 1] ?? 0n) < 0n).length;
}
