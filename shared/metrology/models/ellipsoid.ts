import { Failure } from '../../contract/failure.ts';
import { fitLinearTerms } from './linear.ts';
import { squareRoot } from './real/functions.ts';
import {
  doubled,
  fromWhole,
  magnitude,
  minus,
  negative,
  over,
  plus,
  type Real,
  times,
  unit,
} from './real/real.ts';
import { at, between, dot, factored, type Matrix, type Vector } from './real/symmetric.ts';
import { correctedBy } from './vector-requests.ts';

/** The ellipsoid that readings lie on: W (m - centre) lies on a sphere of the field's radius. */
export interface Ellipsoid {
  centre: Real[];
  /** Symmetric. */
  matrix: Real[][];
}

export interface EllipsoidFit {
  /** Q11 Q22 Q33 Q12 Q13 Q23 q1 q2 q3 of readings about `origin`: m'Qm + 2 q'm = 1. */
  parameters: Real[];
  covariance: Real[][] | null;
  origin: Real[];
}

const notAnEllipsoid = (): Failure =>
  new Failure('FIT_IMPOSSIBLE', {
    detail: 'the readings do not lie on an ellipsoid: turn the unit through all directions',
  });

/**
 * Nine terms, linear. About their mean the readings surround the origin, so that the right side may be one whatever the
 * hard iron adds; and divided by their size, so that no unit decides how well the terms are told apart.
 */
export function fitEllipsoid(points: Matrix): EllipsoidFit {
  const count = fromWhole(points.length);
  const origin = [0, 1, 2].map((k) => over(points.map((row) => at(row, k)).reduce(plus), count));
  const design = points.map((row) => {
    const [x, y, z] = [0, 1, 2].map((k) => minus(at(row, k), at(origin, k))) as [Real, Real, Real];
    const twice = (a: Real, b: Real): Real => doubled(times(a, b), 1);
    return [
      times(x, x),
      times(y, y),
      times(z, z),
      twice(x, y),
      twice(x, z),
      twice(y, z),
      ...[x, y, z].map((a) => doubled(a, 1)),
    ];
  });
  const { parameters, covariance } = fitLinearTerms({ design, readings: points.map(() => unit) });
  return { parameters, covariance, origin };
}

/** Centre c = -Q^-1 q and W = field sqrt(Q / (1 + c'Qc)). Fails with FIT_IMPOSSIBLE where Q is no ellipsoid's. */
export function ellipsoidOf(
  { origin }: Pick<EllipsoidFit, 'origin'>,
  parameters: Vector,
  field: Real,
): Ellipsoid {
  const p = (k: number): Real => at(parameters, k);
  const quadratic = [
    [p(0), p(3), p(4)],
    [p(3), p(1), p(5)],
    [p(4), p(5), p(2)],
  ];
  const solved = factored(quadratic);
  if (solved === null) throw notAnEllipsoid();
  const centre = solved.solve([p(6), p(7), p(8)].map(negative));
  const radius = plus(unit, between(centre, quadratic, centre));
  const root = rootOf(quadratic.map((row) => row.map((value) => over(value, radius))));
  return {
    centre: centre.map((value, k) => plus(value, at(origin, k))),
    matrix: root.map((row) => row.map((value) => times(value, field))),
  };
}

const mostSteps = 200;
const settledBits = 210;

/** The symmetric root of a positive definite matrix (Denman and Beavers 1976): Y -> (Y + Z^-1)/2, Z -> (Z + Y^-1)/2. */
function rootOf(matrix: Matrix): Real[][] {
  // Divided by its trace the matrix is of size one and the iteration short.
  const trace = matrix.map((row, k) => at(row, k)).reduce(plus);
  let y: Matrix = matrix.map((row) => row.map((value) => over(value, trace)));
  let z: Matrix = matrix.map((_, j) => matrix.map((__, k) => fromWhole(j === k ? 1 : 0)));
  for (let step = 0; step < mostSteps; step += 1) {
    const [inverseY, inverseZ] = [factored(y)?.inverse(), factored(z)?.inverse()];
    if (inverseY === undefined || inverseZ === undefined) throw notAnEllipsoid();
    const next = halfSum(y, inverseZ);
    const moved = Math.max(
      ...next.flatMap((row, j) => row.map((value, k) => magnitude(minus(value, at(y[j], k))))),
    );
    z = halfSum(z, inverseY);
    y = next;
    if (moved < -settledBits) break;
  }
  const scale = squareRoot(trace);
  return y.map((row, j) => row.map((value, k) => times(scale, doubled(plus(value, at(y[k], j)), -1))));
}

const halfSum = (a: Matrix, b: Matrix): Real[][] =>
  a.map((row, j) => row.map((value, k) => doubled(plus(value, at(b[j], k)), -1)));

/** W (m - centre). */
export const corrected = ({ centre, matrix }: Ellipsoid, reading: Vector): Real[] =>
  correctedBy(matrix, centre, reading);

export const lengthOf = (vector: Vector): Real => squareRoot(dot(vector, vector));
