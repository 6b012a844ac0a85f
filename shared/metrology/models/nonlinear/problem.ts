import { type Dual, duals } from '../../expression/duals.ts';
import type { Expression } from '../../expression/expression.ts';
import { realDuals } from '../real/arithmetic.ts';
import { magnitude, minus, nought, type Real, times, toNumber, unit } from '../real/real.ts';

/** What is minimised: the sum of squares of weighted residuals (reading - model) / u. */
export interface Problem {
  parameters: readonly string[];
  observations: number;
  /** In doubles, for the way to the minimum; what is outside the model's domain is NaN or infinite. */
  floats(parameters: readonly number[]): Rows<number>;
  /** In long numbers, for the minimum itself. Throws RangeError outside the model's domain. */
  reals(parameters: readonly Real[]): Rows<Real>;
  /** The same with at most `most` observations, evenly taken: to look for a start, never for an answer. */
  thinned(most: number): Problem;
}

export interface Rows<T> {
  /** (reading - model) / u of each observation. */
  residuals: T[];
  /** Slope of model / u by each parameter. */
  jacobian: (readonly T[])[];
}

export interface Observations {
  /** The independents of the formula, each with its value at every observation. */
  variables: ReadonlyMap<string, readonly Real[]>;
  readings: readonly Real[];
  /** 1 / standard uncertainty of each reading; all one where left out. */
  inverseUncertainties?: readonly Real[] | undefined;
}

/** a - b, zero where only rounding is left: readings that lie on the model have no residual of 1e-77. */
export const roundingBits = 200;
export function difference(a: Real, b: Real): Real {
  const rest = minus(a, b);
  return magnitude(rest) < Math.max(magnitude(a), magnitude(b)) - roundingBits ? nought : rest;
}

/** The problem of fitting `expression`, whose names are `parameters` or variables, to observations. */
export function expressionProblem(
  expression: Expression,
  parameters: readonly string[],
  observations: Observations,
): Problem {
  const { variables, readings, inverseUncertainties } = observations;
  const place = new Map(parameters.map((name, at) => [name, at]));
  const floatVariables = new Map([...variables].map(([name, values]) => [name, values.map(toNumber)]));
  const floatReadings = readings.map(toNumber);
  const floatInverse = inverseUncertainties?.map(toNumber);
  const arithmetic = duals(parameters.length);
  const still = parameters.map(() => 0);
  const single = <T>(one: T, zero: T): T[][] =>
    parameters.map((_, k) => parameters.map((__, i) => (i === k ? one : zero)));
  const floatUnits = single(1, 0);
  const realUnits = single(unit, nought);
  return {
    parameters,
    observations: readings.length,
    thinned: (most) => expressionProblem(expression, parameters, thinnedTo(most, observations)),
    floats: (values) => {
      const named = values.map((value, k): Dual => ({ value, by: floatUnits[k] ?? still }));
      const residuals: number[] = [];
      const jacobian: (readonly number[])[] = [];
      for (const [i, reading] of floatReadings.entries()) {
        const model = expression.over(
          arithmetic,
          (name) =>
            named[place.get(name) ?? -1] ?? { value: floatVariables.get(name)?.[i] ?? Number.NaN, by: still },
        );
        const inverse = floatInverse?.[i];
        residuals.push((reading - model.value) * (inverse ?? 1));
        jacobian.push(inverse === undefined ? model.by : model.by.map((slope) => slope * inverse));
      }
      return { residuals, jacobian };
    },
    reals: (values) => {
      const named = values.map((value, k) => ({ value, by: realUnits[k] ?? null }));
      const residuals: Real[] = [];
      const jacobian: (readonly Real[])[] = [];
      for (const [i, reading] of readings.entries()) {
        const model = expression.over(
          realDuals,
          (name) => named[place.get(name) ?? -1] ?? { value: variables.get(name)?.[i] ?? nought, by: null },
        );
        const inverse = inverseUncertainties?.[i];
        const by = model.by ?? parameters.map(() => nought);
        const residual = difference(reading, model.value);
        residuals.push(inverse === undefined ? residual : times(residual, inverse));
        jacobian.push(inverse === undefined ? by : by.map((slope) => times(slope, inverse)));
      }
      return { residuals, jacobian };
    },
  };
}

function thinnedTo(most: number, { variables, readings, inverseUncertainties }: Observations): Observations {
  const stride = Math.ceil(readings.length / most);
  const some = (values: readonly Real[]): Real[] => values.filter((_, i) => i % stride === 0);
  return {
    variables: new Map([...variables].map(([name, values]) => [name, some(values)])),
    readings: some(readings),
    inverseUncertainties: inverseUncertainties && some(inverseUncertainties),
  };
}
