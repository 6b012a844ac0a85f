import type { Arithmetic } from './evaluate.ts';
import { functions, powerTaylor, type Taylor } from './functions.ts';

/**
 * A power series in two small steps a and b, cut after the third order: the coefficient of a^i b^j stands at
 * `place(i, j)`. Its mixed ones are the second and third derivatives that GUM's second-order term needs.
 */
export type Jet = readonly number[];

const powers = [0, 1, 2, 3].flatMap((i) =>
  Array.from({ length: 4 - i }, (_, j): readonly [number, number] => [i, j]),
);
const places = new Map(powers.map(([i, j], place) => [4 * i + j, place]));
export const place = (i: number, j: number): number => places.get(4 * i + j) ?? -1;

const constant = (value: number): Jet => powers.map((_, i) => (i === 0 ? value : 0));
/** A name whose value moves with a (1, 0), with b (0, 1), with both together (1, 1) or not at all. */
export const moving = (value: number, byA: number, byB: number): Jet =>
  constant(value).map((still, i) => (i === place(1, 0) ? byA : i === place(0, 1) ? byB : still));

const combine = (a: Jet, p: number, b: Jet, q: number): Jet => a.map((x, i) => p * x + q * (b[i] ?? 0));

/** Which two coefficients make which one of a product; those above the third order are cut. */
const pairs = powers.flatMap(([i, j], m) =>
  powers.flatMap(([k, l], n) => (i + j + k + l > 3 ? [] : [{ m, n, at: place(i + k, j + l) }])),
);

function multiply(a: Jet, b: Jet): Jet {
  if (isConstant(b)) return scaled(a, first(b));
  if (isConstant(a)) return scaled(b, first(a));
  const found = powers.map(() => 0);
  for (const { m, n, at } of pairs) {
    const [x, y] = [a[m] ?? 0, b[n] ?? 0];
    // Zero times an infinite coefficient is nothing here: that step is not taken.
    if (x !== 0 && y !== 0) found[at] = (found[at] ?? 0) + x * y;
  }
  return found;
}

const scaled = (a: Jet, factor: number): Jet => a.map((x, i) => (i > 0 && x === 0 ? 0 : x * factor));

/** f(a) by its Taylor coefficients at the value of a. */
function apply([f0, f1, f2, f3]: Taylor, a: Jet): Jet {
  const step = a.map((x, i) => (i === 0 ? 0 : x));
  const squared = multiply(step, step);
  const cubed = multiply(squared, step);
  return step.map((x, i) =>
    i === 0 ? f0 : some(f1, x) + some(f2, squared[i] ?? 0) + some(f3, cubed[i] ?? 0),
  );
}
const some = (factor: number, x: number): number => (x === 0 ? 0 : factor * x);

const isConstant = (a: Jet): boolean => a.every((x, i) => i === 0 || x === 0);
const first = (a: Jet): number => a[0] ?? Number.NaN;

export const jets: Arithmetic<Jet> = {
  number: (_exact, float) => constant(float),
  pi: () => constant(Math.PI),
  negate: (a) => a.map((x) => -x),
  add: (a, b) => combine(a, 1, b, 1),
  subtract: (a, b) => combine(a, 1, b, -1),
  multiply,
  divide: (a, b) => multiply(a, apply(powerTaylor(first(b), -1), b)),
  power: (a, b) => {
    if (isConstant(b)) return apply(powerTaylor(first(a), first(b)), a);
    const exponent = multiply(b, apply(functions.ln(first(a)), a));
    return apply(functions.exp(first(exponent)), exponent);
  },
  call: (name, a) => apply(functions[name](first(a)), a),
};
