import { z } from 'zod';
import { decimal, list, positive, RequestError, whole } from '../request.ts';
import { inRange } from './answer.ts';
import { propagated } from './linear.ts';
import { squareRoot } from './real/functions.ts';
import { fromText, over, type Real, realText, unit } from './real/real.ts';
import { at, type Matrix, type Vector } from './real/symmetric.ts';

/** One kind of sensor with one quantity in and one signal out: one object in the table. */
export interface SensorModel {
  name: string;
  equation: string;
  /** What x and y are, with their units. */
  x: string;
  y: string;
  parameters: readonly { name: string; unit: string }[];
  /** Where equation, coefficients and limits come from. */
  source: string;
  /** y at x. Throws BeyondRange beyond the model's range. */
  forward: (parameters: Vector, x: Real) => Real;
  /** x of y. */
  inverse: (parameters: Vector, y: Real) => Real;
}

/** Members of requests that the sensors' models share. */
export const commonMembers = {
  evaluate: list(decimal).optional(),
  invert: list(decimal).optional(),
  digits: whole(1, 40).optional(),
};
export const readingMembers = {
  x: list(decimal).optional(),
  y: list(decimal).optional(),
  uy: list(positive).optional(),
  weights: z.enum(['absolute', 'relative']).optional(),
};
export const usualDigits = 15;

export interface Readings {
  x: readonly string[];
  y: readonly string[];
  uy: readonly string[] | undefined;
  weights: 'absolute' | 'relative' | undefined;
}

/** The readings of a request, of one length; null where there are none. Throws RequestError. */
export function readingsOf(request: {
  x?: readonly string[] | undefined;
  y?: readonly string[] | undefined;
  uy?: readonly string[] | undefined;
  weights?: 'absolute' | 'relative' | undefined;
}): Readings | null {
  const { x, y, uy, weights } = request;
  if (x === undefined && y === undefined && uy === undefined && weights === undefined) return null;
  if (x === undefined) throw new RequestError('x', 'is missing');
  if (y === undefined) throw new RequestError('y', 'is missing');
  if (y.length !== x.length) throw new RequestError('y', `has ${y.length} values for ${x.length} of x`);
  if (uy && uy.length !== x.length)
    throw new RequestError('uy', `has ${uy.length} values for ${x.length} of x`);
  if (weights !== undefined && uy === undefined)
    throw new RequestError('uy', 'is missing: weights come from the uncertainties of y');
  return { x, y, uy, weights: weights ?? (uy && 'absolute') };
}

export const inverseUncertainties = (uy: readonly string[] | undefined): Real[] | undefined =>
  uy?.map((text) => over(unit, fromText(text)));

/** What was asked of a sensor with known or fitted parameters. */
export function evaluations(
  model: SensorModel,
  request: { evaluate?: readonly string[] | undefined; invert?: readonly string[] | undefined },
  parameters: Vector,
  covariance: Matrix | null,
  digits: number,
) {
  const asked = (values: readonly string[] | undefined, member: string, compute: typeof model.forward) =>
    values?.map((text, i) => one(`${member}.${i}`, compute, text, parameters, covariance, digits));
  const forward = asked(request.evaluate, 'evaluate', model.forward)?.map(({ input, ...rest }) => ({
    x: input,
    ...rest,
  }));
  const inverse = asked(request.invert, 'invert', model.inverse)?.map(({ input, ...rest }) => ({
    y: input,
    ...rest,
  }));
  return { ...(forward && { evaluations: forward }), ...(inverse && { inverse }) };
}

/** One value, with the standard uncertainty that fitted parameters leave it. */
function one(
  path: string,
  compute: (parameters: Vector, value: Real) => Real,
  text: string,
  parameters: Vector,
  covariance: Matrix | null,
  digits: number,
): { input: string; value: string; standardUncertainty: string | null } {
  const input = fromText(text);
  return inRange(() => {
    const value = named(path, () => compute(parameters, input));
    const spread = covariance && propagated((moved) => [compute(moved, input)], parameters, covariance);
    return {
      input: text,
      value: realText(value, digits),
      standardUncertainty: spread && realText(squareRoot(at(spread[0], 0)), digits),
    };
  });
}

/** A value beyond the model's range is the fault of the member that asked for it. */
export class BeyondRange extends Error {
  override readonly name = 'BeyondRange';
}

export function named<T>(path: string, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof BeyondRange) throw new RequestError(path, error.message);
    throw error;
  }
}
