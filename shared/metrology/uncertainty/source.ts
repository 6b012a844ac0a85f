import { fromNumber, toNumber } from '../fit/text.ts';
import {
  compare,
  divide,
  fromDecimal,
  larger,
  multiply,
  one,
  type Rational,
  rational,
  square,
  subtract,
  zero,
} from '../rational.ts';
import { RequestError } from '../request.ts';
import { effectiveCount } from '../statistics/effective-count.ts';
import { studentT } from '../statistics/student-t.ts';
import { mean, variance } from '../statistics.ts';
import { type Bounded, boundedNamed, degreesOfBelief, unboundedNamed } from './distributions.ts';
import { type Form, forms, type Source } from './source-schema.ts';

/** A source as the budget counts with it; variance and degrees are exact. */
export interface Input {
  readonly name: string;
  readonly value: Rational;
  /** Square of the standard uncertainty. */
  readonly variance: Rational;
  /** Null for infinitely many. */
  readonly degrees: Rational | null;
  readonly type: 'A' | 'B';
  readonly distribution: string;
  readonly shape: Shape;
  readonly readings: readonly Rational[] | null;
}

/** What Monte Carlo draws: `centre` + `scale` x a draw. */
export type Shape =
  | { readonly kind: 'normal'; readonly centre: Rational }
  | { readonly kind: 't'; readonly centre: Rational; readonly degrees: number }
  | {
      readonly kind: Bounded;
      readonly centre: Rational;
      readonly halfWidth: Rational;
      readonly beta: number;
    };

type Uncertainty = Omit<Input, 'name' | 'value' | 'degrees'> & {
  readonly middle: Rational;
  readonly degrees: Rational | null;
};

/** Reads one source; `path` is its place in the request. Throws RequestError. */
export function inputOf(source: Source, path: string): Input {
  const form = formOf(source, path);
  const found = uncertaintyOf[form](source, path);
  const value = source.value === undefined ? found.middle : fromDecimal(source.value);
  return { name: source.name, ...found, value, degrees: degreesOf(source, found.degrees, path) };
}

function formOf(source: Source, path: string): Form {
  const given = forms.filter((form) => source[form] !== undefined);
  const [form, second] = given;
  if (second !== undefined) throw new RequestError(`${path}.${second}`, `and ${form} exclude each other`);
  if (form !== undefined) return checkCompany(source, form, path);
  throw new RequestError(path, `has no uncertainty: one of ${forms.join(', ')} is needed`);
}

/** Members that mean something beside some forms only: beside others they would silently count for nothing. */
const company: readonly { member: keyof Source; forms: readonly Form[] }[] = [
  { member: 'k', forms: ['expanded', 'halfWidth'] },
  { member: 'probability', forms: ['expanded', 'halfWidth'] },
  { member: 'upper', forms: ['lower'] },
  { member: 'effectiveN', forms: ['readings'] },
  { member: 'pooledStandardDeviation', forms: ['readings'] },
];

function checkCompany(source: Source, form: Form, path: string): Form {
  for (const { member, forms: meant } of company) {
    const bare = form === 'halfWidth' && unboundedNamed(source.distribution ?? 'rectangular') === null;
    if (source[member] === undefined || (meant.includes(form) && !bare)) continue;
    throw new RequestError(`${path}.${member}`, `has no meaning beside ${form}`);
  }
  if (source.k !== undefined && source.probability !== undefined) {
    throw new RequestError(`${path}.probability`, 'and k exclude each other');
  }
  return form;
}

function degreesOf(source: Source, found: Rational | null, path: string): Rational | null {
  const { degreesOfFreedom: given, relativeUncertaintyOfUncertainty: relative } = source;
  if (given !== undefined && relative !== undefined) {
    throw new RequestError(
      `${path}.relativeUncertaintyOfUncertainty`,
      'and degreesOfFreedom exclude each other',
    );
  }
  if (relative !== undefined) {
    return enough(degreesOfBelief(fromDecimal(relative)), `${path}.relativeUncertaintyOfUncertainty`);
  }
  if (given === undefined) return found;
  return given === null ? null : enough(fromDecimal(given), `${path}.degreesOfFreedom`);
}

/** Below a tenth of a degree k is beyond 10^12: nothing is known, and no number says so. */
const fewestDegrees = rational(1n, 10n);

function enough(degrees: Rational, path: string): Rational {
  if (compare(degrees, fewestDegrees) >= 0) return degrees;
  throw new RequestError(path, 'leaves less than 0.1 degrees of freedom: too little to state an uncertainty');
}

/** The smooth shape about a value: Student's t where the degrees are finite (JCGM 101, 6.4.9). */
const smooth = (centre: Rational, degrees: Rational | null): Shape =>
  degrees === null ? { kind: 'normal', centre } : { kind: 't', centre, degrees: toNumber(degrees) };

const centreOf = (source: Source): Rational =>
  source.value === undefined ? zero : fromDecimal(source.value);

const uncertaintyOf: Readonly<Record<Form, (source: Source, path: string) => Uncertainty>> = {
  readings: typeA,
  halfWidth: (source, path) => {
    const half = source.halfWidth ?? '0';
    // Limits that hold a stated share of a normal distribution are an expanded uncertainty (JCGM 100, 4.3.4).
    const isExpanded = source.k !== undefined || source.probability !== undefined;
    if (isExpanded && unboundedNamed(source.distribution ?? 'rectangular') !== null) {
      return uncertaintyOf.expanded({ ...source, expanded: half }, path);
    }
    return bounded(source, path, fromDecimal(half), centreOf(source));
  },
  resolution: (source, path) => {
    if ((source.distribution ?? 'resolution') !== 'resolution') {
      throw new RequestError(`${path}.distribution`, 'must be resolution beside a resolution');
    }
    const half = divide(fromDecimal(source.resolution ?? '0'), rational(2n));
    return bounded({ ...source, distribution: 'resolution' }, path, half, centreOf(source));
  },
  lower: between,
  standardUncertainty: (source, path) =>
    ofKnown(fromDecimal(source.standardUncertainty ?? '0'), source, path),
  expanded: (source, path) => {
    // Without k only the smooth distributions say how a share of them and their spread go together.
    if (source.k === undefined && unbounded(source, path) === null) {
      throw new RequestError(`${path}.k`, 'is missing: expanded of such a distribution needs it');
    }
    const u = divide(fromDecimal(source.expanded ?? '0'), coverageOf(source, path));
    return ofKnown(u, source, path);
  },
};

/** Of a standard uncertainty that is known: a bounded distribution has the half-width that belongs to it. */
function ofKnown(u: Rational, source: Source, path: string): Uncertainty {
  if (unbounded(source, path) !== null) return typeB(source, square(u), path);
  const kind = boundedOf(source, path);
  const beta = betaOf(source, kind, path);
  const halfWidth = fromNumber(toNumber(u) / Math.sqrt(toNumber(kind.variance(beta))));
  return { ...boundedUncertainty(kind, centreOf(source), halfWidth, beta), variance: square(u) };
}

/** k as given, or the one that the given probability and degrees of freedom stand for. */
function coverageOf(source: Source, path: string): Rational {
  const { k, probability } = source;
  if (k !== undefined) return fromDecimal(k);
  if (probability === undefined)
    throw new RequestError(`${path}.k`, 'is missing: expanded needs k or probability');
  const p = Number(probability);
  if (!(p < 1)) throw new RequestError(`${path}.probability`, 'must be below 1');
  const degrees = degreesOf(source, null, path);
  return fromNumber(
    studentT.coverageFactor(p, degrees === null ? Number.POSITIVE_INFINITY : toNumber(degrees)),
  );
}

function typeB(source: Source, squared: Rational, path: string): Uncertainty {
  const degrees = degreesOf(source, null, path);
  const shape = smooth(centreOf(source), degrees);
  if (unbounded(source, path) === 't' && degrees === null && source.degreesOfFreedom === undefined) {
    throw new RequestError(`${path}.degreesOfFreedom`, 'is missing: a t distribution needs them');
  }
  return {
    middle: centreOf(source),
    variance: squared,
    degrees,
    type: 'B',
    distribution: unbounded(source, path) ?? 'normal',
    shape,
    readings: null,
  };
}

/** The smooth distribution that is meant; null for a bounded one. */
function unbounded(source: Source, path: string): 'normal' | 't' | null {
  const name = source.distribution ?? 'normal';
  const found = unboundedNamed(name);
  if (found === null && boundedNamed(name) === null) {
    throw new RequestError(`${path}.distribution`, `${name} is not known`);
  }
  return found;
}

function boundedOf(source: Source, path: string): Bounded {
  const name = source.distribution ?? 'rectangular';
  const kind = boundedNamed(name);
  if (kind !== null) return kind;
  const what = unboundedNamed(name) === 't' ? 'a t distribution' : 'a normal distribution';
  throw new RequestError(
    `${path}.distribution`,
    `${what} has no half-width: give expanded and k, or standardUncertainty`,
  );
}

function betaOf(source: Source, kind: Bounded, path: string): Rational {
  if (kind.name !== 'trapezoidal') {
    if (source.beta !== undefined)
      throw new RequestError(`${path}.beta`, 'belongs to a trapezoidal distribution');
    return zero;
  }
  if (source.beta === undefined)
    throw new RequestError(`${path}.beta`, 'is missing: the top of the trapezoid over its base');
  const beta = fromDecimal(source.beta);
  if (compare(beta, one) > 0) throw new RequestError(`${path}.beta`, 'must not be above 1');
  return beta;
}

function boundedUncertainty(
  kind: Bounded,
  centre: Rational,
  halfWidth: Rational,
  beta: Rational,
): Uncertainty {
  return {
    middle: centre,
    variance: multiply(square(halfWidth), kind.variance(beta)),
    degrees: null,
    type: 'B',
    distribution: kind.name,
    shape: { kind, centre, halfWidth, beta: toNumber(beta) },
    readings: null,
  };
}

function bounded(source: Source, path: string, halfWidth: Rational, centre: Rational): Uncertainty {
  const kind = boundedOf(source, path);
  return boundedUncertainty(kind, centre, halfWidth, betaOf(source, kind, path));
}

/** Limits that need not lie evenly about the value (JCGM 100, 4.3.8): the spread is that of the whole interval. */
function between(source: Source, path: string): Uncertainty {
  if (source.upper === undefined) throw new RequestError(`${path}.upper`, 'is missing beside lower');
  const [lower, upper] = [fromDecimal(source.lower ?? '0'), fromDecimal(source.upper)];
  if (compare(lower, upper) > 0) throw new RequestError(`${path}.upper`, 'lies below lower');
  const value = source.value === undefined ? null : fromDecimal(source.value);
  if (value !== null && (compare(value, lower) < 0 || compare(value, upper) > 0)) {
    throw new RequestError(`${path}.value`, 'does not lie between lower and upper');
  }
  const half = divide(subtract(upper, lower), rational(2n));
  const middle = subtract(upper, half);
  return bounded(source, path, half, middle);
}

/** s/sqrt n with n - 1 degrees of freedom (JCGM 100, 4.2), s pooled from earlier series where one is given. */
function typeA(source: Source, path: string): Uncertainty {
  const readings = (source.readings ?? []).map(fromDecimal);
  const middle = mean(readings) ?? zero;
  const pooled = source.pooledStandardDeviation;
  const own = variance(readings);
  if (own === null && pooled === undefined) {
    throw new RequestError(
      `${path}.readings`,
      'has one reading; a scatter needs two or more, or pooledStandardDeviation',
    );
  }
  if (source.distribution !== undefined && unboundedNamed(source.distribution) === null) {
    throw new RequestError(`${path}.distribution`, 'of readings is normal or t');
  }
  if (pooled !== undefined && source.degreesOfFreedom === undefined) {
    throw new RequestError(`${path}.degreesOfFreedom`, 'is missing: those of the pooled standard deviation');
  }
  const independent = source.effectiveN === true ? effectiveCount(readings) : null;
  const count = independent ?? rational(BigInt(readings.length));
  const spread = pooled === undefined ? (own ?? zero) : square(fromDecimal(pooled));
  // Correlated readings carry the degrees of the independent ones that they are worth.
  const ownDegrees = larger(subtract(count, one), one);
  const degrees = degreesOf(source, pooled === undefined ? ownDegrees : null, path);
  return {
    middle,
    variance: divide(spread, count),
    degrees,
    type: 'A',
    distribution: degrees === null ? 'normal' : 't',
    shape: smooth(source.value === undefined ? middle : fromDecimal(source.value), degrees),
    readings,
  };
}
