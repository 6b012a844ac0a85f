import type { Arithmetic } from './evaluate.ts';
import { functions } from './functions.ts';

/** Many values at once: a formula is walked once for thousands of draws. */
export function blocks(size: number): Arithmetic<Float64Array> {
  // Written out for the four operations: a call for every draw would cost as much as the operation.
  const each = (f: (i: number) => number): Float64Array => {
    const found = new Float64Array(size);
    for (let i = 0; i < size; i += 1) found[i] = f(i);
    return found;
  };
  const at = (a: Float64Array, i: number): number => a[i] ?? Number.NaN;
  return {
    number: (_exact, float) => each(() => float),
    pi: () => each(() => Math.PI),
    negate: (a) => each((i) => -at(a, i)),
    add: (a, b) => {
      const found = new Float64Array(size);
      for (let i = 0; i < size; i += 1) found[i] = at(a, i) + at(b, i);
      return found;
    },
    subtract: (a, b) => {
      const found = new Float64Array(size);
      for (let i = 0; i < size; i += 1) found[i] = at(a, i) - at(b, i);
      return found;
    },
    multiply: (a, b) => {
      const found = new Float64Array(size);
      for (let i = 0; i < size; i += 1) found[i] = at(a, i) * at(b, i);
      return found;
    },
    divide: (a, b) => {
      const found = new Float64Array(size);
      for (let i = 0; i < size; i += 1) found[i] = at(a, i) / at(b, i);
      return found;
    },
    power: (a, b) => each((i) => at(a, i) ** at(b, i)),
    call: (name, a) => {
      const f = functions[name];
      return each((i) => f(at(a, i))[0]);
    },
  };
}
