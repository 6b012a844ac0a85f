import type { Arithmetic } from './evaluate.ts';
import { functions, powerTaylor } from './functions.ts';

/** A value and its slope by each of the names, in their order: forward differentiation, no finite differences. */
export interface Dual {
  readonly value: number;
  readonly by: readonly number[];
}

const scaled = (a: Dual, factor: number): readonly number[] => a.by.map((slope) => slope * factor);
/** p a' + q b'. A slope of zero stays zero beside an infinite or undefined factor. */
const mixed = (a: Dual, p: number, b: Dual, q: number): readonly number[] =>
  a.by.map((slope, i) => product(slope, p) + product(b.by[i] ?? 0, q));
const product = (slope: number, factor: number): number => (slope === 0 ? 0 : slope * factor);
const isConstant = (a: Dual): boolean => a.by.every((slope) => slope === 0);

/** Duals of `count` names. */
export function duals(count: number): Arithmetic<Dual> {
  const still = Array.from({ length: count }, () => 0);
  return {
    number: (_exact, float) => ({ value: float, by: still }),
    pi: () => ({ value: Math.PI, by: still }),
    negate: (a) => ({ value: -a.value, by: scaled(a, -1) }),
    add: (a, b) => ({ value: a.value + b.value, by: mixed(a, 1, b, 1) }),
    subtract: (a, b) => ({ value: a.value - b.value, by: mixed(a, 1, b, -1) }),
    multiply: (a, b) => ({ value: a.value * b.value, by: mixed(a, b.value, b, a.value) }),
    divide: (a, b) => {
      const value = a.value / b.value;
      return { value, by: mixed(a, 1 / b.value, b, -value / b.value) };
    },
    power: (a, b) => {
      const [value, slope] = powerTaylor(a.value, b.value);
      return { value, by: mixed(a, slope, b, isConstant(b) ? 0 : value * Math.log(a.value)) };
    },
    call: (name, a) => {
      const [value, slope] = functions[name](a.value);
      return { value, by: a.by.map((by) => product(by, slope)) };
    },
  };
}
