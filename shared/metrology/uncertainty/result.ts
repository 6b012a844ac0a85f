import { fromNumber, toNumber } from '../fit/text.ts';
import { add, compare, fromDecimal, multiply, type Rational, zero } from '../rational.ts';
import { RequestError } from '../request.ts';
import type { BudgetRequest } from './budget-schema.ts';
import type { Correlations } from './correlations.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { effectiveDegrees } from './effective-degrees.ts';
import type { Model } from './model.ts';
import { combinedVariance, isCorrelated, root } from './propagate.ts';
import { secondOrderVariance } from './second-order.ts';
import type { Input } from './source.ts';

/** The figures of one result, unrounded. */
export interface Result {
  readonly model: Model;
  /** Of the combined uncertainty that counts. */
  readonly combined: Rational;
  readonly firstOrder: Rational;
  /** First and second order together; null where it was not needed. */
  readonly secondOrder: Rational | null;
  readonly usesSecondOrder: boolean;
  /** Null: infinitely many, or undefined where inputs are correlated. */
  readonly degrees: Rational | null;
  readonly degreesUndefined: boolean;
  readonly coverage: Coverage;
  readonly u: Rational;
  /** k u. */
  readonly calculated: Rational;
  /** What is reported: not below the floor. */
  readonly expanded: Rational;
}

export function resultOf(
  request: BudgetRequest,
  model: Model,
  inputs: readonly Input[],
  correlations: Correlations,
  path: string,
): Result {
  const { sensitivities } = model;
  const firstOrder = combinedVariance(sensitivities, inputs, correlations);
  const secondOrder = withSecondOrder(request, model, inputs, correlations, firstOrder, path);
  const usesSecondOrder = secondOrder !== null && (request.order === 2 || firstOrder.over === 0n);
  const combined = usesSecondOrder && secondOrder ? secondOrder : firstOrder;
  if (combined.over === 0n) throw new RequestError(path, 'has a combined uncertainty of zero');
  const effective = effectiveDegrees(sensitivities, inputs, correlations, combined);
  const degrees = effective === 'undefined' ? null : effective;
  const { probability = '0.9545', coverageFactor: given, floor } = request;
  const coverage = coverageOf({ probability, given, inputs, sensitivities, correlations, combined, degrees });
  const u = root(combined);
  const calculated = multiply(coverage.k, u);
  const least = floor === undefined ? zero : fromDecimal(floor);
  const expanded = compare(calculated, least) < 0 ? least : calculated;
  return {
    model,
    combined,
    firstOrder,
    secondOrder,
    usesSecondOrder,
    degrees,
    degreesUndefined: effective === 'undefined',
    coverage,
    u,
    calculated,
    expanded,
  };
}

/** Wanted on request, and where a slope of first order vanishes although its source is uncertain. */
function withSecondOrder(
  { order }: BudgetRequest,
  { formula, sensitivities }: Model,
  inputs: readonly Input[],
  correlations: Correlations,
  firstOrder: Rational,
  path: string,
): Rational | null {
  if (formula === null) return null;
  const vanishes = inputs.some(
    ({ name, variance }, i) =>
      variance.over !== 0n && sensitivities[i]?.over === 0n && formula.names.includes(name),
  );
  if (order !== 2 && !vanishes) return null;
  if (isCorrelated(correlations)) {
    if (order === 2) throw new RequestError('order', 'of 2 holds for independent sources only');
    return null;
  }
  try {
    const variance = add(firstOrder, fromNumber(secondOrderVariance(formula, inputs, path)));
    if (variance.over < 0n) throw new RequestError(path, 'has second-order terms below zero: use monteCarlo');
    return variance;
  } catch (error) {
    // Only offered beside the first order: a slope that does not exist takes the offer away, not the result.
    if (error instanceof RequestError && order !== 2) return null;
    throw error;
  }
}

/** The effective degrees of freedom as text: unrounded, `infinity`, or null where Welch-Satterthwaite does not hold. */
export const degreesText = (
  { degrees, degreesUndefined }: Result,
  shown: (value: Rational) => string,
): string | null => {
  if (degreesUndefined) return null;
  return degrees === null || toNumber(degrees) > 1e15 ? 'infinity' : shown(degrees);
};
