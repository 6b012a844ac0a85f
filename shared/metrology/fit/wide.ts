import { type Rational, rational } from '../rational.ts';

/** mantissa x 2^exponent. */
export interface Wide {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/**
 * Floating point of as many bits as are asked for: where an equation is solved by iteration, exact fractions would
 * grow with every step and doubles end at the sixteenth digit.
 */
export interface WideArithmetic {
  from: (value: Rational) => Wide;
  add: (...values: readonly Wide[]) => Wide;
  subtract: (a: Wide, b: Wide) => Wide;
  multiply: (...values: readonly Wide[]) => Wide;
  /** Throws RangeError for a zero divisor. */
  divide: (a: Wide, b: Wide) => Wide;
}

const bitsOf = (value: bigint): number => (value < 0n ? -value : value).toString(16).length * 4;

export function wideArithmetic(bits: number): WideArithmetic {
  const rounded = (mantissa: bigint, exponent: number): Wide => {
    const excess = bitsOf(mantissa) - bits;
    if (excess <= 0) return { mantissa, exponent };
    return {
      mantissa: (mantissa + (1n << BigInt(excess - 1))) >> BigInt(excess),
      exponent: exponent + excess,
    };
  };
  const quotient = (over: bigint, under: bigint, exponent: number): Wide => {
    if (under === 0n) throw new RangeError('division by zero');
    const shift = Math.max(0, bits + 4 + bitsOf(under) - bitsOf(over));
    return rounded((over << BigInt(shift)) / under, exponent - shift);
  };
  const sum = (a: Wide, b: Wide): Wide => {
    if (a.mantissa === 0n) return b;
    if (b.mantissa === 0n) return a;
    const [high, low] = a.exponent >= b.exponent ? [a, b] : [b, a];
    const apart = high.exponent - low.exponent;
    // So far apart that the smaller one is below the last bit.
    if (apart > 2 * bits + bitsOf(low.mantissa)) return high;
    return rounded((high.mantissa << BigInt(apart)) + low.mantissa, low.exponent);
  };
  const product = (a: Wide, b: Wide): Wide => rounded(a.mantissa * b.mantissa, a.exponent + b.exponent);
  return {
    from: ({ over, under }) => quotient(over, under, 0),
    add: (...values) => values.reduce(sum, wideZero),
    subtract: (a, b) => sum(a, { mantissa: -b.mantissa, exponent: b.exponent }),
    multiply: (...values) => values.reduce(product),
    divide: (a, b) => quotient(a.mantissa, b.mantissa, a.exponent - b.exponent),
  };
}

export const wideZero: Wide = { mantissa: 0n, exponent: 0 };

export const wideToRational = ({ mantissa, exponent }: Wide): Rational =>
  exponent >= 0 ? rational(mantissa << BigInt(exponent)) : rational(mantissa, 1n << BigInt(-exponent));

/** |a| <= |b| x 2^-bits. */
export const isNegligible = (a: Wide, b: Wide, bits: number): boolean =>
  a.mantissa === 0n || bitsOf(a.mantissa) + a.exponent + bits < bitsOf(b.mantissa) + b.exponent;
