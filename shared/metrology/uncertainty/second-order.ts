import type { Expression } from '../expression/expression.ts';
import { jets, moving, place } from '../expression/jets.ts';
import { toNumber } from '../fit/text.ts';
import { RequestError } from '../request.ts';
import { record } from './model.ts';
import type { Input } from './source.ts';

/**
 * What the second-order terms add to the variance: sum over i and j of (f_ij^2 / 2 + f_i f_ijj) u_i^2 u_j^2
 * (JCGM 100, 5.1.2 note), in the derivatives of the formula itself. For independent inputs of symmetric distribution.
 * Throws RequestError where one of them is not finite.
 */
export function secondOrderVariance(formula: Expression, inputs: readonly Input[], path: string): number {
  const used = inputs.filter(({ name, variance }) => formula.names.includes(name) && variance.over !== 0n);
  const values = record(inputs, ({ value }) => toNumber(value));
  const parts = used.flatMap((a, i) =>
    used
      .slice(i)
      .map((b) => pairTerm(formula, values, a.name, b.name) * toNumber(a.variance) * toNumber(b.variance)),
  );
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (!Number.isFinite(total))
    throw new RequestError(path, 'has no finite second-order terms at these values');
  return total;
}

/** The terms of (a, b) and (b, a) together; of one name its single term. */
function pairTerm(
  formula: Expression,
  values: Readonly<Record<string, number>>,
  a: string,
  b: string,
): number {
  const jet = formula.over(jets, (name) =>
    moving(values[name] ?? Number.NaN, name === a ? 1 : 0, name === b && a !== b ? 1 : 0),
  );
  const coefficient = (i: number, j: number): number => jet[place(i, j)] ?? 0;
  if (a === b) {
    const second = 2 * coefficient(2, 0);
    const third = 6 * coefficient(3, 0);
    return second ** 2 / 2 + coefficient(1, 0) * third;
  }
  const mixed = coefficient(1, 1);
  return mixed ** 2 + coefficient(1, 0) * 2 * coefficient(1, 2) + coefficient(0, 1) * 2 * coefficient(2, 1);
}
