import { add, divide, multiply, one, type Rational, rational, square } from '../rational.ts';

/** Draws what a distribution needs: `uniform` in (0, 1), `normal` standard. */
export interface Draw {
  readonly uniform: () => number;
  readonly normal: () => number;
}

/** A bounded distribution about its middle. */
export interface Bounded {
  readonly name: string;
  /** Other names that it goes by. */
  readonly aliases: readonly string[];
  /** Variance of half-width 1 (JCGM 100, 4.3.7 to 4.3.9; JCGM 101, table 1). `beta` is top over base. */
  variance(beta: Rational): Rational;
  /** A draw from (-1, 1). */
  draw(draw: Draw, beta: number): number;
}

const sixth = rational(1n, 6n);
const rectangularDraw = ({ uniform }: Draw): number => 2 * uniform() - 1;

/** Bounded distributions, each one line; all others are normal or Student's t. */
export const boundedDistributions: readonly Bounded[] = [
  {
    name: 'rectangular',
    aliases: ['uniform', 'rect'],
    variance: () => rational(1n, 3n),
    draw: rectangularDraw,
  },
  {
    name: 'resolution',
    aliases: ['digital'],
    variance: () => rational(1n, 3n),
    draw: rectangularDraw,
  },
  {
    name: 'triangular',
    aliases: ['triangle', 'tri'],
    variance: () => sixth,
    draw: ({ uniform }) => uniform() + uniform() - 1,
  },
  {
    name: 'arcsine',
    aliases: ['u-shaped', 'ushaped', 'u-shape', 'ushape', 'u', 'arc-sine', 'sine'],
    variance: () => rational(1n, 2n),
    draw: ({ uniform }) => Math.sin(Math.PI * (uniform() - 0.5)),
  },
  {
    name: 'trapezoidal',
    aliases: ['trapezoid', 'trapezium'],
    variance: (beta) => multiply(add(one, square(beta)), sixth),
    // The sum of two rectangular ones of half-widths (1 + beta)/2 and (1 - beta)/2.
    draw: (draw, beta) => ((1 + beta) / 2) * rectangularDraw(draw) + ((1 - beta) / 2) * rectangularDraw(draw),
  },
];

/** Of equal density between two limits. */
export const rectangularNames: readonly string[] = ['rectangular', 'resolution'];

export const boundedNamed = (name: string): Bounded | null =>
  boundedDistributions.find((each) => each.name === name || each.aliases.includes(name)) ?? null;

const unboundedNames: Readonly<Record<string, 'normal' | 't'>> = {
  normal: 'normal',
  gaussian: 'normal',
  gauss: 'normal',
  t: 't',
  'student-t': 't',
  student: 't',
  'students-t': 't',
  "student's-t": 't',
  a: 'normal',
  'type-a': 'normal',
};
export const unboundedNamed = (name: string): 'normal' | 't' | null =>
  Object.hasOwn(unboundedNames, name) ? (unboundedNames[name] ?? null) : null;

/** Every name a request may use. */
export const distributionNames: readonly string[] = [
  ...boundedDistributions.flatMap(({ name, aliases }) => [name, ...aliases]),
  ...Object.keys(unboundedNames),
];

/** Degrees of freedom from how uncertain an uncertainty is itself: (1/2) (du/u)^-2 (JCGM 100, G.3). */
export const degreesOfBelief = (relative: Rational): Rational => divide(rational(1n, 2n), square(relative));
