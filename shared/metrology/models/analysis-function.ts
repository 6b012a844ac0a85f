import { Failure } from '../../contract/failure.ts';
import { type Expression, parseExpression } from '../expression/expression.ts';
import { fitLinearTerms, fitOf } from './linear.ts';
import { fitNonlinear, type NonlinearFit } from './nonlinear/nonlinear.ts';
import { expressionProblem } from './nonlinear/problem.ts';
import { realDuals } from './real/arithmetic.ts';
import { exponential, largerReal, squareRoot } from './real/functions.ts';
import {
  compareReal,
  doubled,
  fromNumber,
  fromWhole,
  minus,
  nought,
  over,
  plus,
  type Real,
  size,
  times,
  unit,
} from './real/real.ts';
import { at, between, dot, factored, type Matrix, normalEquations, type Vector } from './real/symmetric.ts';

/** A pair of a calibration: reference x, response y, each with its standard uncertainty. */
export interface AnalysisPoint {
  x: Real;
  ux: Real;
  y: Real;
  uy: Real;
}

/** x = G(y; b), the functions of ISO 6143:2001, 5.1 and the cubic. */
export const analysisFunctions = {
  linear: { formula: 'b1+b2*y', parameters: 2 },
  quadratic: { formula: 'b1+b2*y+b3*y^2', parameters: 3 },
  cubic: { formula: 'b1+b2*y+b3*y^2+b4*y^3', parameters: 4 },
  power: { formula: 'b1+b2*y^(1+b3)', parameters: 3 },
  exponential: { formula: 'b1+b2*exp(b3*y)', parameters: 3 },
} as const;
export type AnalysisFunctionName = keyof typeof analysisFunctions;

export interface AnalysisFit extends NonlinearFit {
  covariance: Real[][];
  names: string[];
  /** What y is after the fit. */
  adjusted: Real[];
  /** Largest |x - G| / u(x) or |y - adjusted| / u(y): ISO 6143 accepts a function up to two. */
  largestWeighted: Real;
  /** x = G(y0) and its standard uncertainty from b and u(y0). */
  evaluate(y: Real, uy: Real): { x: Real; ux: Real };
}

const mostSteps = 400;
const settled = fromNumber(2 ** -170);
const impossible = (detail: string): Failure => new Failure('FIT_IMPOSSIBLE', { detail });

/**
 * Least squares with uncertainty on both sides (ISO 6143:2001, A.2; B_LEAST): sum of ((x - G(eta))/u(x))^2 +
 * ((y - eta)/u(y))^2 over b and eta. Gauss-Newton with eta eliminated from each step, which is the same step.
 */
export function fitAnalysisFunction(
  name: AnalysisFunctionName,
  points: readonly AnalysisPoint[],
): AnalysisFit {
  const { formula, parameters: count } = analysisFunctions[name];
  if (points.length < count) throw impossible(`${points.length} pairs for ${count} parameters`);
  if (points.some(({ ux, uy }) => ux.whole === 0n && uy.whole === 0n))
    throw impossible('a pair has no uncertainty on either side');
  const names = Array.from({ length: count }, (_, k) => `b${k + 1}`);
  const curve = curveOf(parseExpression(formula), names);
  let b = startOf(name, names, points);
  let eta = points.map(({ y }) => y);
  for (let step = 0; step < mostSteps; step += 1) {
    const rows = linearised(curve, points, b, eta);
    const { matrix, right } = weightedEquations(rows);
    const solved = factored(matrix);
    if (solved === null) throw impossible('the pairs lie at too few different points');
    const change = solved.solve(right);
    const left = rows.map((row) => minus(row.left, dot(row.slopes, change)));
    const moved = points.map(({ y, uy }, i) => plus(y, times(left[i] ?? nought, pull(rows[i], uy))));
    const share = [
      ...change.map((value, k) => times(size(value), squareRoot(at(matrix[k], k)))),
      ...moved.map((value, i) => size(minus(value, at(eta, i)))),
    ].reduce(largerReal);
    b = b.map((value, k) => plus(value, at(change, k)));
    eta = moved;
    // Both are shares of standard uncertainties, or of the unit of y, which no y is a 1e-20th of.
    if (compareReal(share, times(settled, scaleOf(points))) < 0) return result(curve, names, points, b, eta);
  }
  throw impossible('no minimum was found: another function may suit the pairs');
}

const scaleOf = (points: readonly AnalysisPoint[]): Real =>
  points.flatMap(({ y }) => size(y)).reduce(largerReal, unit);

type Curve = (b: Vector, y: Real) => { value: Real; byY: Real; by: Real[] };

function curveOf(formula: Expression, names: readonly string[]): Curve {
  const all = [...names, 'y'];
  return (b, y) => {
    const { value, by } = inDomain(() =>
      formula.over(realDuals, (name) => {
        const k = all.indexOf(name);
        return { value: b[k] ?? y, by: all.map((_, j) => (j === k ? unit : nought)) };
      }),
    );
    return { value, byY: at(by ?? [], names.length), by: names.map((_, k) => at(by ?? [], k)) };
  };
}

function inDomain<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) throw impossible(`the function has no value there: ${error.message}`);
    throw error;
  }
}

interface Row {
  /** x - G - G' (y - eta): what is left at y by the tangent. */
  left: Real;
  slopes: Real[];
  byY: Real;
  /** 1 / (u(x)^2 + G'^2 u(y)^2). */
  weight: Real;
}

const linearised = (curve: Curve, points: readonly AnalysisPoint[], b: Vector, eta: Vector): Row[] =>
  points.map(({ x, ux, y, uy }, i) => {
    const { value, byY, by } = curve(b, at(eta, i));
    const spread = plus(times(ux, ux), times(times(byY, byY), times(uy, uy)));
    if (spread.whole === 0n) throw impossible('a pair has no uncertainty where the function is flat');
    return {
      left: minus(minus(x, value), times(byY, minus(y, at(eta, i)))),
      slopes: by,
      byY,
      weight: over(unit, spread),
    };
  });

/** How far eta moves off y for what is left: G' u(y)^2 w. */
const pull = (row: Row | undefined, uy: Real): Real =>
  row === undefined ? nought : times(times(row.byY, row.weight), times(uy, uy));

function weightedEquations(rows: readonly Row[]): { matrix: Matrix; right: Vector } {
  const roots = rows.map(({ weight }) => squareRoot(weight));
  return normalEquations(
    rows.map(({ slopes }, i) => slopes.map((value) => times(value, at(roots, i)))),
    rows.map(({ left }, i) => times(left, at(roots, i))),
  );
}

function result(
  curve: Curve,
  names: string[],
  points: readonly AnalysisPoint[],
  b: Real[],
  eta: Real[],
): AnalysisFit {
  const rows = linearised(curve, points, b, eta);
  const covariance = factored(weightedEquations(rows).matrix)?.inverse();
  if (covariance === undefined) throw impossible('the pairs lie at too few different points');
  const weighted = rows.map(({ left, weight }) => times(left, squareRoot(weight)));
  const largest = rows.map(({ left, weight, byY }, i) => {
    const scaled = times(size(left), weight);
    const [ux, uy] = [points[i]?.ux ?? nought, points[i]?.uy ?? nought];
    return largerReal(times(scaled, ux), times(times(scaled, size(byY)), uy));
  });
  return {
    ...fitOf(b, covariance, weighted, 'stated'),
    covariance,
    names,
    adjusted: eta,
    largestWeighted: largest.reduce(largerReal),
    evaluate: (y, uy) => {
      const { value, byY, by } = curve(b, y);
      const own = times(byY, uy);
      return { x: value, ux: squareRoot(plus(times(own, own), between(by, covariance, by))) };
    },
  };
}

/** Polynomials from plain least squares; the others from a quadratic's slope and bend, then Levenberg-Marquardt. */
function startOf(name: AnalysisFunctionName, names: string[], points: readonly AnalysisPoint[]): Real[] {
  const readings = points.map(({ x }) => x);
  const polynomial = (count: number): Real[] =>
    fitLinearTerms({
      design: points.map(({ y }) => [unit, y, times(y, y), times(y, times(y, y))].slice(0, count)),
      readings,
    }).parameters;
  if (name !== 'power' && name !== 'exponential') return polynomial(names.length);
  const guess = name === 'power' ? [...polynomial(2), nought] : bent(polynomial(3), points);
  const problem = expressionProblem(parseExpression(analysisFunctions[name].formula), names, {
    variables: new Map([['y', points.map(({ y }) => y)]]),
    readings,
  });
  return fitNonlinear(problem, guess, 'scatter').parameters;
}

/** b1 + b2 exp(b3 y) with the value, slope and bend that c0 + c1 y + c2 y^2 has in the middle. */
function bent([c0, c1, c2]: Vector, points: readonly AnalysisPoint[]): Real[] {
  const [constant, gain, bend] = [c0 ?? nought, c1 ?? nought, c2 ?? nought];
  const middle = over(points.map(({ y }) => y).reduce(plus), fromWhole(points.length));
  const slope = plus(gain, doubled(times(bend, middle), 1));
  if (bend.whole === 0n || slope.whole === 0n)
    throw impossible('the pairs lie on a straight line, which determines no exponential');
  const b3 = over(doubled(bend, 1), slope);
  const growth = exponential(times(b3, middle));
  const b2 = over(slope, times(b3, growth));
  const value = plus(constant, times(middle, plus(gain, times(bend, middle))));
  return [minus(value, times(b2, growth)), b2, b3];
}
