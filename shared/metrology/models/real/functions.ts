import {
  compareReal,
  doubled,
  fromNumber,
  fromWhole,
  magnitude,
  minus,
  nearestWhole,
  negative,
  nought,
  over,
  plus,
  precision,
  type Real,
  real,
  times,
  toNumber,
  unit,
} from './real.ts';

/** Bits of the fixed-point sums below: enough that what rounding eats lies behind `precision`. */
const fixed = precision + 64;
const fixedUnit = 1n << BigInt(fixed);
/** An argument of exp is halved so often before its series; the sum is squared back. */
const halvings = 12;

/** sum of 1 / ((2k+1) n^(2k+1)), signs alternating for the circle's arc; fixed-point. */
function arcOfInverse(n: bigint, sign: 1n | -1n): bigint {
  let term = fixedUnit / n;
  let total = term;
  for (let k = 3n, s = sign; term !== 0n; k += 2n, s *= sign) {
    term /= n * n;
    total += (s * term) / k;
  }
  return total;
}

/** ln 2 (Machin-like, Sloane A002162) and pi (Machin 1706), fixed-point. */
const fixedLn2 = 18n * arcOfInverse(26n, 1n) - 2n * arcOfInverse(4801n, 1n) + 8n * arcOfInverse(8749n, 1n);
const fixedPi = 16n * arcOfInverse(5n, -1n) - 4n * arcOfInverse(239n, -1n);
const ln2: Real = { whole: fixedLn2, exponent: -fixed };
export const pi: Real = real(fixedPi, -fixed);
const longPi: Real = { whole: fixedPi, exponent: -fixed };
const ln10: Real = logarithm(fromWhole(10));

export function squareRoot(a: Real): Real {
  if (a.whole < 0n) throw new RangeError('square root of a negative number');
  if (a.whole === 0n) return nought;
  // From the double's root, each Newton step doubles the right bits: 52, 104, 208, 416.
  const scale = 2 * Math.floor(magnitude(a) / 2);
  const scaled = doubled(a, -scale);
  let root = fromNumber(Math.sqrt(toNumber(scaled)));
  for (let step = 0; step < 3; step += 1) root = doubled(plus(root, over(scaled, root)), -1);
  return doubled(root, scale / 2);
}

/** e^x by e^(k ln2 + r), r halved `halvings` times, Taylor, squared back. */
export function exponential(x: Real): Real {
  if (magnitude(x) > 31) {
    if (x.whole < 0n) return nought;
    throw new RangeError('exp of a number that is too large');
  }
  const k = nearestWhole(over(x, ln2));
  const rest = minus(x, times({ whole: k, exponent: 0 }, ln2));
  const shift = rest.exponent + fixed - halvings;
  const r = shift >= 0 ? rest.whole << BigInt(shift) : rest.whole >> BigInt(-shift);
  let term = fixedUnit;
  let total = fixedUnit;
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = ((term * r) >> BigInt(fixed)) / n;
    total += term;
  }
  for (let n = 0; n < halvings; n += 1) total = (total * total) >> BigInt(fixed);
  return real(total, Number(k) - fixed);
}

/** ln x from the double's logarithm y: y + ln(x e^-y), the last by its area series with an argument near 1e-16. */
export function logarithm(x: Real): Real {
  if (x.whole <= 0n) throw new RangeError('logarithm of a number that is not above zero');
  const power = magnitude(x) - 1;
  const scaled = doubled(x, -power);
  const nearOne = toNumber(scaled) > Math.SQRT2 ? 1 : 0;
  const mantissa = doubled(scaled, -nearOne);
  const guess = fromNumber(Math.log(toNumber(mantissa)));
  const ratio = times(mantissa, exponential(negative(guess)));
  const z = over(minus(ratio, unit), plus(ratio, unit));
  const z2 = times(z, z);
  const series = plus(unit, times(z2, plus(over(unit, fromWhole(3)), over(z2, fromWhole(5)))));
  const fine = plus(guess, doubled(times(z, series), 1));
  return plus(fine, times(fromWhole(power + nearOne), ln2));
}

export const logarithm10 = (x: Real): Real => over(logarithm(x), ln10);

/** x^y: whole y by squaring, else e^(y ln x). */
export function power(x: Real, y: Real): Real {
  const whole = nearestWhole(y);
  if (compareReal(fromWhole(whole), y) === 0 && magnitude(y) <= 20) return wholePower(x, Number(whole));
  if (x.whole === 0n && y.whole > 0n) return nought;
  if (x.whole < 0n) throw new RangeError('a negative number to a power that is not whole');
  return exponential(times(y, logarithm(x)));
}

export function wholePower(x: Real, n: number): Real {
  if (n < 0) return over(unit, wholePower(x, -n));
  let result = unit;
  for (let left = n, factor = x; left > 0; left = Math.floor(left / 2), factor = times(factor, factor))
    if (left % 2 === 1) result = times(result, factor);
  return result;
}

/** [sin x, cos x]: the angle brought into a quarter turn about zero, then Taylor. */
export function sineCosine(x: Real): [Real, Real] {
  if (magnitude(x) > 60) throw new RangeError('the angle is too large');
  const quarter = nearestWhole(over(doubled(x, 1), longPi));
  const rest = minus(x, doubled(times({ whole: quarter, exponent: 0 }, longPi), -1));
  const isTiny = magnitude(rest) < -tinyBits;
  const sine = isTiny
    ? minus(rest, over(times(rest, times(rest, rest)), fromWhole(6)))
    : alternating(rest, 1n);
  const cosine = alternating(rest, 0n);
  const turned: [Real, Real][] = [
    [sine, cosine],
    [cosine, negative(sine)],
    [negative(sine), negative(cosine)],
    [negative(cosine), sine],
  ];
  return turned[Number(((quarter % 4n) + 4n) % 4n)] ?? [sine, cosine];
}

/** Below 2^-60 fixed-point sums would lose bits of the sine; x - x^3/6 is right to more than they have. */
const tinyBits = 60;

/** x - x^3/3! + ... (from 1) or 1 - x^2/2! + ... (from 0), fixed-point. */
function alternating(x: Real, from: 0n | 1n): Real {
  const shift = x.exponent + fixed;
  const angle = shift >= 0 ? x.whole << BigInt(shift) : x.whole >> BigInt(-shift);
  const square = (angle * angle) >> BigInt(fixed);
  let term = from === 1n ? angle : fixedUnit;
  let total = term;
  for (let n = from; term !== 0n && term !== -1n; n += 2n) {
    term = -((term * square) >> BigInt(fixed)) / ((n + 1n) * (n + 2n));
    total += term;
  }
  return real(total, -fixed);
}

export const sine = (x: Real): Real => sineCosine(x)[0];
export const cosine = (x: Real): Real => sineCosine(x)[1];
export function tangent(x: Real): Real {
  const [s, c] = sineCosine(x);
  return over(s, c);
}

/** From the double's arc y: y + atan((x cos y - sin y)/(cos y + x sin y)), the last near 1e-16. */
export function arcTangent(x: Real): Real {
  if (magnitude(x) < -precision) return x;
  const guess = fromNumber(Math.atan(toNumber(x)));
  const [s, c] = sineCosine(guess);
  const d = over(minus(times(x, c), s), plus(c, times(x, s)));
  const d2 = times(d, d);
  const series = minus(unit, times(d2, minus(over(unit, fromWhole(3)), over(d2, fromWhole(5)))));
  return plus(guess, times(d, series));
}

export function arcSine(x: Real): Real {
  const rest = times(minus(unit, x), plus(unit, x));
  if (rest.whole < 0n) throw new RangeError('arc sine of a number beyond one');
  if (rest.whole === 0n) return x.whole > 0n ? doubled(pi, -1) : negative(doubled(pi, -1));
  return arcTangent(over(x, squareRoot(rest)));
}
export const arcCosine = (x: Real): Real => minus(doubled(pi, -1), arcSine(x));

/** sinh loses bits where e^x and e^-x cancel; there its series takes over. */
export function hyperbolicSine(x: Real): Real {
  if (magnitude(x) < -40) {
    const square = times(x, x);
    const series = [7, 5, 3].reduce(
      (sum, n) => plus(unit, over(times(square, sum), fromWhole(n * (n - 1)))),
      unit,
    );
    return times(x, series);
  }
  return doubled(minus(exponential(x), exponential(negative(x))), -1);
}
export const hyperbolicCosine = (x: Real): Real =>
  doubled(plus(exponential(x), exponential(negative(x))), -1);
export function hyperbolicTangent(x: Real): Real {
  if (magnitude(x) > 12) return x.whole > 0n ? unit : negative(unit);
  return over(hyperbolicSine(x), hyperbolicCosine(x));
}

export const largerReal = (a: Real, b: Real): Real => (compareReal(a, b) < 0 ? b : a);
