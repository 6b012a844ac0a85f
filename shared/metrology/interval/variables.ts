import { toNumber } from '../fit/text.ts';
import { leastSquares } from '../least-squares.ts';
import { fromDecimal, multiply, type Rational, toSignificant } from '../rational.ts';
import { RequestError } from '../request.ts';
import { squareRootText } from '../square-root.ts';
import { studentT } from '../statistics/statistics.ts';
import { type Bounds, bounded, figure, type IntervalAnswer, percent } from './answer.ts';

/** Decimal text. Times and changes are pairs. */
export interface VariablesRequest extends Bounds {
  /** Time from a calibration to the next. */
  times: readonly string[];
  /** As-found value at its end minus as-left value at its beginning. */
  changes: readonly string[];
  /** Of the polynomial through zero; 1 where left out. */
  degree?: number | undefined;
  /** As-left value (or error) from which the new interval begins; 0 where left out. */
  initialValue?: string | undefined;
  /** Standard uncertainty of that value. */
  standardUncertainty: string;
  /** Reliability target: the value stays within these with this confidence. */
  limits?: { lower: string | null; upper: string | null } | undefined;
  confidence?: string | undefined;
  /** Uncertainty target: the standard uncertainty of the value stays below. */
  uncertaintyTarget?: string | undefined;
}

interface Drift {
  coefficients: readonly number[];
  /** Change expected after t. */
  change(t: number): number;
  /** Standard uncertainty of the value after t. */
  uncertainty(t: number): number;
  degreesOfFreedom: number;
}

/** How far beyond the longest time a crossing is looked for, and in how many steps of that time. */
const reach = 10;
const steps = 200;

/**
 * Variables data method (Castrup, "Calibration intervals from variables data"; NASA-HDBK-8739.19-5, chapter 7): the
 * drift since calibration as a polynomial through zero, exact least squares; u^2(t) = u0^2 + s^2 + t'Cov t. The
 * interval ends where the value with its t-interval reaches a limit (two-sided with two limits, one-sided with one),
 * or where u(t) reaches the uncertainty target; with both, at the earlier one.
 */
export function variablesInterval(request: VariablesRequest): IntervalAnswer {
  const { times, changes, degree = 1 } = request;
  if (times.length !== changes.length) throw new RequestError('changes', 'must be as many as times');
  const early = times.findIndex((time) => fromDecimal(time).over <= 0n);
  if (early >= 0) throw new RequestError(`times.${early}`, 'must be above zero');
  if (!request.limits && request.uncertaintyTarget === undefined) {
    throw new RequestError('limits', 'is missing: limits or uncertaintyTarget must be given');
  }
  const fit = leastSquares(times.map(fromDecimal).map(powers(degree)), changes.map(fromDecimal), {
    constant: false,
  });
  if (!fit?.residualVariance) {
    return {
      method: 'variables',
      interval: null,
      basis: `Too few: a drift of degree ${degree} needs ${degree + 1} changes or more, at ${degree} different times or more.`,
    };
  }
  const variance = fit.residualVariance;
  const covariance = fit.cofactors.map((row) => row.map((cofactor) => multiply(cofactor, variance)));
  const drift = driftOf(fit.parameters, covariance, {
    scatter: variance,
    u0: request.standardUncertainty,
    degreesOfFreedom: fit.degreesOfFreedom,
  });
  const longest = Math.max(...times.map(Number));
  const ends = endsOf(request, drift, longest);
  const found = ends.flatMap(({ end }) => end ?? []);
  const interval = found.length === 0 ? null : Math.min(...found);
  return {
    method: 'variables',
    interval: interval === null ? null : figure(bounded(interval, request)),
    ...Object.fromEntries(ends.map(({ name, answer }) => [name, answer])),
    extrapolated: interval === null || interval > longest,
    coefficients: fit.parameters.map((value) => toSignificant(value, 12)),
    covariance: covariance.map((row) => row.map((value) => toSignificant(value, 12))),
    residualStandardDeviation: squareRootText(variance, 12),
    degreesOfFreedom: fit.degreesOfFreedom,
    basis: basisOf(interval, { count: times.length, degree, longest, ends }),
  };
}

const powers =
  (degree: number) =>
  (time: Rational): Rational[] => {
    const row = [time];
    for (let k = 1; k < degree; k += 1) row.push(multiply(row[k - 1] ?? time, time));
    return row;
  };

function driftOf(
  parameters: readonly Rational[],
  covariance: readonly (readonly Rational[])[],
  { scatter, u0, degreesOfFreedom }: { scatter: Rational; u0: string; degreesOfFreedom: number },
): Drift {
  const coefficients = parameters.map(toNumber);
  const matrix = covariance.map((row) => row.map(toNumber));
  const constant = toNumber(scatter) + Number(u0) ** 2;
  const terms = (t: number): number[] => coefficients.map((_, k) => t ** (k + 1));
  return {
    coefficients,
    degreesOfFreedom,
    change: (t) => terms(t).reduce((sum, term, k) => sum + term * (coefficients[k] ?? 0), 0),
    uncertainty: (t) => {
      const row = terms(t);
      const ofCurve = row.reduce(
        (sum, term, i) =>
          sum + term * row.reduce((part, other, j) => part + other * (matrix[i]?.[j] ?? 0), 0),
        0,
      );
      return Math.sqrt(constant + Math.max(ofCurve, 0));
    },
  };
}

interface End {
  name: 'reliabilityTarget' | 'uncertaintyTarget';
  /** Null: not reached. */
  end: number | null;
  answer: Record<string, string | null>;
}

function endsOf(request: VariablesRequest, drift: Drift, longest: number): End[] {
  const start = Number(request.initialValue ?? '0');
  const value = (t: number): number => start + drift.change(t);
  const end = (name: End['name'], excess: (t: number) => number, more: Record<string, string>): End => {
    const at = firstCrossing(excess, longest);
    const valueThen = at === null ? null : figure(value(at));
    return {
      name,
      end: at,
      answer: { interval: at === null ? null : figure(at), value: valueThen, ...more },
    };
  };
  const ends: End[] = [];
  if (request.limits) {
    const { lower, upper } = request.limits;
    if (lower === null && upper === null) throw new RequestError('limits', 'has no limit');
    const confidence = Number(request.confidence ?? '0.95');
    const sides = lower !== null && upper !== null ? 'coverageFactor' : 'quantile';
    const k = studentT[sides](confidence, drift.degreesOfFreedom);
    const excess = (t: number): number => {
      const band = k * drift.uncertainty(t);
      return Math.max(
        upper === null ? Number.NEGATIVE_INFINITY : value(t) + band - Number(upper),
        lower === null ? Number.NEGATIVE_INFINITY : Number(lower) - (value(t) - band),
      );
    };
    ends.push(end('reliabilityTarget', excess, { confidence: figure(confidence), k: figure(k) }));
  }
  if (request.uncertaintyTarget !== undefined) {
    const target = Number(request.uncertaintyTarget);
    ends.push(end('uncertaintyTarget', (t) => drift.uncertainty(t) - target, { target: figure(target) }));
  }
  return ends;
}

/** The first t >= 0 from which `excess` is above zero; 0 where it is from the beginning. */
function firstCrossing(excess: (t: number) => number, longest: number): number | null {
  if (excess(0) >= 0) return 0;
  const step = longest / steps;
  for (let i = 1; i <= reach * steps; i += 1) {
    if (excess(i * step) < 0) continue;
    let [low, high] = [(i - 1) * step, i * step];
    for (let n = 0; n < 100; n += 1) {
      const middle = (low + high) / 2;
      if (excess(middle) < 0) low = middle;
      else high = middle;
    }
    return high;
  }
  return null;
}

interface BasisFacts {
  count: number;
  degree: number;
  longest: number;
  ends: readonly End[];
}

function basisOf(interval: number | null, { count, degree, longest, ends }: BasisFacts): string {
  const method = `Variables data method (NASA-HDBK-8739.19-5): drift of degree ${degree} through ${count} changes`;
  if (interval === null)
    return `${method}; no target is reached within ${reach} times the longest interval seen.`;
  const first = ends.find(({ end }) => end === interval);
  const target =
    first?.name === 'uncertaintyTarget'
      ? 'the standard uncertainty reaches its target'
      : `the value with ${percent(Number(first?.answer.confidence ?? 0))} confidence reaches a limit`;
  if (interval === 0) return `${method}; ${target} at once: no interval is short enough.`;
  const beyond = interval > longest ? ', which is longer than any interval seen' : '';
  return `${method}; ${target} then${beyond}.`;
}
