import { add, multiply, one, type Rational, zero } from '../rational.ts';
import { minus, power, type WholeColumn } from '../whole-column.ts';

/** A model that is linear in its coefficients: y = known(x) + sum of coefficient x term(x). */
export interface LinearModel {
  /** Names of the coefficients, in the order of the terms. */
  names: readonly string[];
  /** One of the terms is constant. */
  constant: boolean;
  /** The terms at every reading, one column a term; `x` is one column a regressor. */
  columns(x: readonly WholeColumn[]): WholeColumn[];
  /** The terms at one place. */
  terms(x: readonly Rational[]): Rational[];
  /** What the readings are before the terms explain the rest: y - x for an offset. */
  reduced(y: WholeColumn, x: readonly WholeColumn[]): WholeColumn;
  /** The part of the model without a coefficient. */
  known(x: readonly Rational[]): Rational;
  /** The model in powers of one x, from the constant upwards; null for several regressors. */
  powers(coefficients: readonly Rational[]): Rational[] | null;
}

const noKnownPart = {
  reduced: (y: WholeColumn): WholeColumn => y,
  known: (): Rational => zero,
};

const first = <Value>(x: readonly Value[]): Value => {
  const [only] = x;
  if (only === undefined) throw new RangeError('a reading needs a place');
  return only;
};

/** y = b0 + b1 x + ... + bn x^n; without intercept b1 x + ... + bn x^n. */
export function polynomialModel(degree: number, intercept = true): LinearModel {
  const least = intercept ? 0 : 1;
  const exponents = Array.from({ length: degree + 1 - least }, (_, k) => k + least);
  return {
    names: exponents.map((k) => `b${k}`),
    constant: intercept,
    columns: (x) => exponents.map((k) => power(first(x), k)),
    terms: (x) => {
      const powers = [one];
      for (let k = 1; k <= degree; k += 1) powers.push(multiply(powers[k - 1] ?? one, first(x)));
      return powers.slice(least);
    },
    powers: (coefficients) => (intercept ? [...coefficients] : [zero, ...coefficients]),
    ...noKnownPart,
  };
}

/** y = b0 + b1 x1 + b2 x2 + ...; without intercept b1 x1 + ... */
export function regressorsModel(count: number, intercept = true): LinearModel {
  const named = Array.from({ length: count }, (_, k) => `b${k + 1}`);
  const ones = (x: readonly WholeColumn[]): WholeColumn => power(first(x), 0);
  return {
    names: intercept ? ['b0', ...named] : named,
    constant: intercept,
    columns: (x) => (intercept ? [ones(x), ...x] : [...x]),
    terms: (x) => (intercept ? [one, ...x] : [...x]),
    powers: () => null,
    ...noKnownPart,
  };
}

/** y = x + b0. */
export const offsetModel: LinearModel = {
  names: ['b0'],
  constant: true,
  columns: (x) => [power(first(x), 0)],
  terms: () => [one],
  powers: (coefficients) => [...coefficients, one],
  reduced: (y, x) => minus(y, first(x)),
  known: first,
};

/** The model with these coefficients at one place. */
export const modelValue = (
  model: LinearModel,
  coefficients: readonly Rational[],
  x: readonly Rational[],
): Rational =>
  model
    .terms(x)
    .reduce((total, term, k) => add(total, multiply(term, coefficients[k] ?? zero)), model.known(x));
