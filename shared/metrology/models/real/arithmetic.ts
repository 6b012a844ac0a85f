import type { Arithmetic } from '../../expression/evaluate.ts';
import type { FunctionName } from '../../expression/functions.ts';
import {
  arcCosine,
  arcSine,
  arcTangent,
  exponential,
  hyperbolicCosine,
  hyperbolicSine,
  hyperbolicTangent,
  logarithm,
  logarithm10,
  pi,
  power,
  sineCosine,
  squareRoot,
} from './functions.ts';
import {
  doubled,
  fromRational,
  fromWhole,
  minus,
  negative,
  nought,
  over,
  plus,
  type Real,
  size,
  times,
  unit,
} from './real.ts';

/** Each function of a formula and its slope. Throws RangeError outside its domain. */
const functions: Readonly<Record<FunctionName, (x: Real) => [value: Real, slope: () => Real]>> = {
  sqrt: (x) => {
    const root = squareRoot(x);
    return [root, () => over(unit, doubled(root, 1))];
  },
  exp: (x) => {
    const value = exponential(x);
    return [value, () => value];
  },
  ln: (x) => [logarithm(x), () => over(unit, x)],
  log: (x) => [logarithm(x), () => over(unit, x)],
  log10: (x) => [logarithm10(x), () => over(unit, times(x, logarithm(fromWhole(10))))],
  sin: (x) => {
    const [sine, cosine] = sineCosine(x);
    return [sine, () => cosine];
  },
  cos: (x) => {
    const [sine, cosine] = sineCosine(x);
    return [cosine, () => negative(sine)];
  },
  tan: (x) => {
    const [sine, cosine] = sineCosine(x);
    const value = over(sine, cosine);
    return [value, () => plus(unit, times(value, value))];
  },
  asin: (x) => [arcSine(x), () => arcSineSlope(x)],
  acos: (x) => [arcCosine(x), () => negative(arcSineSlope(x))],
  atan: (x) => [arcTangent(x), () => over(unit, plus(unit, times(x, x)))],
  sinh: (x) => [hyperbolicSine(x), () => hyperbolicCosine(x)],
  cosh: (x) => [hyperbolicCosine(x), () => hyperbolicSine(x)],
  tanh: (x) => {
    const value = hyperbolicTangent(x);
    return [value, () => minus(unit, times(value, value))];
  },
  abs: (x) => [size(x), () => cornerlessSign(x)],
};

const arcSineSlope = (x: Real): Real => over(unit, squareRoot(times(minus(unit, x), plus(unit, x))));

function cornerlessSign(x: Real): Real {
  if (x.whole === 0n) throw new RangeError('abs has no slope at zero');
  return x.whole > 0n ? unit : negative(unit);
}

/** A formula over long binary numbers. Outside a function's domain and at a division by zero: RangeError. */
export const reals: Arithmetic<Real> = {
  number: (exact) => fromRational(exact),
  pi: () => pi,
  negate: negative,
  add: plus,
  subtract: minus,
  multiply: times,
  divide: over,
  power,
  call: (name, a) => functions[name](a)[0],
};

/** A long value and its slope by each parameter; null where it depends on none. */
export interface RealDual {
  readonly value: Real;
  readonly by: readonly Real[] | null;
}

type Slopes = RealDual['by'];
const scaled = (by: Slopes, factor: Real): Slopes => by?.map((slope) => times(slope, factor)) ?? null;
const opposite = (by: Slopes): Slopes => by?.map(negative) ?? null;
function sum(a: Slopes, b: Slopes): Slopes {
  if (a === null || b === null) return a ?? b;
  return a.map((slope, i) => plus(slope, b[i] ?? nought));
}

/** Forward differentiation over long numbers. */
export const realDuals: Arithmetic<RealDual> = {
  number: (exact) => ({ value: fromRational(exact), by: null }),
  pi: () => ({ value: pi, by: null }),
  negate: (a) => ({ value: negative(a.value), by: opposite(a.by) }),
  add: (a, b) => ({ value: plus(a.value, b.value), by: sum(a.by, b.by) }),
  subtract: (a, b) => ({ value: minus(a.value, b.value), by: sum(a.by, opposite(b.by)) }),
  multiply: (a, b) => ({
    value: times(a.value, b.value),
    by: sum(scaled(a.by, b.value), scaled(b.by, a.value)),
  }),
  divide: (a, b) => {
    const value = over(a.value, b.value);
    const inverse = (by: Slopes, factor: Real): Slopes => by && scaled(by, over(factor, b.value));
    return { value, by: sum(inverse(a.by, unit), inverse(b.by, negative(value))) };
  },
  power: (a, b) => {
    const value = power(a.value, b.value);
    const byBase = a.by && scaled(a.by, times(b.value, power(a.value, minus(b.value, unit))));
    // 0^b stays 0 whatever b is, so long as it is above zero.
    const byPower = b.by && a.value.whole !== 0n ? scaled(b.by, times(value, logarithm(a.value))) : null;
    return { value, by: sum(byBase, byPower) };
  },
  call: (name, a) => {
    const [value, slope] = functions[name](a.value);
    return { value, by: a.by && scaled(a.by, slope()) };
  },
};
