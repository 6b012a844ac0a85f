import type { Arithmetic } from './evaluate.ts';
import { functions } from './functions.ts';

export const floats: Arithmetic<number> = {
  number: (_exact, float) => float,
  pi: () => Math.PI,
  negate: (a) => -a,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => a ** b,
  call: (name, a) => functions[name](a)[0],
};
