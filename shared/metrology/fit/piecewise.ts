import { z } from 'zod';
import { Failure } from '../../contract/failure.ts';
import {
  add,
  compare,
  divide,
  fromDecimal,
  isAtMost,
  multiply,
  one,
  type Rational,
  square,
  subtract,
  zero,
} from '../rational.ts';
import { decimal, list, notNegative, RequestError } from '../request.ts';
import { requestModel } from './registry.ts';
import { checkLengths, inverseEntries, questions, variancesOf } from './request.ts';
import { rootText, valueText } from './text.ts';

interface Knot {
  x: Rational;
  y: Rational;
  /** Null where no uncertainty is stated. */
  varianceX: Rational | null;
  varianceY: Rational | null;
}

const schema = z.strictObject({
  ...questions,
  x: list(decimal),
  y: list(decimal),
  ux: list(notNegative).optional(),
  uy: list(notNegative).optional(),
  predict: list(decimal).optional(),
  inverse: inverseEntries,
});

/** The points are the knots: exact at each, straight between neighbours, nothing beyond the ends. */
export const piecewise = requestModel({
  name: 'piecewise-linear',
  summary: 'straight lines from point to point; exact at each, uncertainty from the two neighbours',
  members: [
    'x, y: the knots, in any order, no x twice; ux, uy: their standard uncertainties',
    'predict: [x, ...] within the knots; inverse: [{"y", "uy"}, ...], refused where y does not rise or fall throughout',
  ],
  schema,
  answer: (request) => {
    const { digits } = request;
    const knots = knotsOf(request);
    const direction = monotone(knots);
    return {
      model: 'piecewise-linear',
      coefficients: knots.map(({ y, varianceY }, k) => ({
        name: `y${k}`,
        value: valueText(y, digits),
        standardUncertainty: varianceY && rootText(varianceY, digits),
      })),
      covariance: null,
      residualStandardDeviation: null,
      rSquared: null,
      degreesOfFreedom: 0,
      residuals: knots.map(() => '0'),
      knots: knots.map(({ x, y }) => ({ x: valueText(x, 100), y: valueText(y, 100) })),
      monotone: direction !== 0,
      ...(request.predict && {
        predictions: request.predict.map((text, at) => predicted(knots, text, `predict.${at}`, digits)),
      }),
      ...(request.inverse && {
        inverse: request.inverse.map((each, at) => inverted(knots, direction, each, `inverse.${at}`, digits)),
      }),
      warnings: [],
    };
  },
});

function knotsOf({ x, y, ux, uy }: z.output<typeof schema>): Knot[] {
  checkLengths(x.length, { y, ux, uy });
  if (x.length < 2) throw new Failure('FIT_IMPOSSIBLE', { detail: 'one knot gives no line' });
  const [varianceX, varianceY] = [ux && variancesOf(ux), uy && variancesOf(uy)];
  const knots = x.map((text, at) => ({
    x: fromDecimal(text),
    y: fromDecimal(y[at] ?? ''),
    varianceX: varianceX?.[at] ?? null,
    varianceY: varianceY?.[at] ?? null,
    at,
  }));
  knots.sort((a, b) => compare(a.x, b.x) || a.at - b.at);
  for (const [k, knot] of knots.entries()) {
    const before = knots[k - 1];
    if (before && compare(before.x, knot.x) === 0) {
      throw new RequestError(
        `x.${knot.at}`,
        'is there twice: a line from point to point has one y at each x',
      );
    }
  }
  return knots;
}

/** 1 where y rises from knot to knot, -1 where it falls, else 0. */
function monotone(knots: readonly Knot[]): -1 | 0 | 1 {
  const steps = knots.slice(1).map((knot, k) => compare(knot.y, knots[k]?.y ?? zero));
  const [first = 0] = steps;
  return steps.every((step) => step === first) ? first : 0;
}

/** The segment that holds a place, by x or by y. */
function segment(knots: readonly Knot[], of: 'x' | 'y', place: Rational): [Knot, Knot] | null {
  for (const [k, high] of knots.entries()) {
    const low = knots[k - 1];
    if (low === undefined) continue;
    const [from, to] = compare(low[of], high[of]) <= 0 ? [low[of], high[of]] : [high[of], low[of]];
    if (isAtMost(from, place) && isAtMost(place, to)) return [low, high];
  }
  return null;
}

function slopeOf([low, high]: [Knot, Knot]): Rational {
  return divide(subtract(high.y, low.y), subtract(high.x, low.x));
}

/** (1-t)^2 u0^2 + t^2 u1^2, where u^2 = u(y)^2 + slope^2 u(x)^2; null where nothing is stated. */
function variance(between: [Knot, Knot], x: Rational): Rational | null {
  const [low, high] = between;
  const stated = [low.varianceX, low.varianceY, high.varianceX, high.varianceY];
  if (stated.every((each) => each === null)) return null;
  const steep = square(slopeOf(between));
  const own = ({ varianceX, varianceY }: Knot): Rational =>
    add(varianceY ?? zero, multiply(steep, varianceX ?? zero));
  const t = divide(subtract(x, low.x), subtract(high.x, low.x));
  return add(multiply(square(subtract(one, t)), own(low)), multiply(square(t), own(high)));
}

function predicted(knots: readonly Knot[], text: string, path: string, digits: number) {
  const x = fromDecimal(text);
  const between = segment(knots, 'x', x);
  if (between === null) throw new RequestError(path, 'lies beyond the knots');
  const value = add(between[0].y, multiply(slopeOf(between), subtract(x, between[0].x)));
  const spread = variance(between, x);
  return {
    x: text,
    value: valueText(value, digits),
    standardUncertainty: spread && rootText(spread, digits),
  };
}

function inverted(
  knots: readonly Knot[],
  direction: -1 | 0 | 1,
  { y, uy }: { y: string; uy: string },
  path: string,
  digits: number,
) {
  if (direction === 0) {
    throw new Failure('FIT_IMPOSSIBLE', {
      detail: 'y does not rise or fall throughout, so that a reading does not tell its x',
    });
  }
  const value = fromDecimal(y);
  const between = segment(knots, 'y', value);
  if (between === null) throw new RequestError(`${path}.y`, 'lies beyond the knots');
  const slope = slopeOf(between);
  const x = add(between[0].x, divide(subtract(value, between[0].y), slope));
  const spread = add(variance(between, x) ?? zero, square(fromDecimal(uy)));
  return {
    y,
    uy,
    x: valueText(x, digits),
    standardUncertainty: rootText(divide(spread, square(slope)), digits),
  };
}
