import { norm, solveTriangle, type Triangle, triangle } from './householder.ts';
import type { Problem, Rows } from './problem.ts';

/** Where a descent ended. Whether it is a minimum is for `refine` to say. */
export interface Descent {
  parameters: number[];
  sumOfSquares: number;
  /** What rounding in doubles may add to or take from the sum of squares. */
  rounding: number;
  iterations: number;
}

interface Place extends Rows<number> {
  parameters: number[];
  sumOfSquares: number;
}

const firstDamping = 1e-3;
const dampingLimit = 1e40;
/** Steps that are smaller, in shares of the parameters, no longer change the doubles' sum of squares. */
const stepLimit = 1e-13;
const acceptedGain = 1e-4;

/**
 * Levenberg-Marquardt in doubles. Parameters are scaled by the largest length that their column of the Jacobian has
 * had (More 1978, doi:10.1007/BFb0067700), so that it does not matter that one is 1e-2 and another 1e4 (NIST StRD
 * MGH10); the damping follows the gain (Nielsen 1999, IMM-REP-1999-05). Null where the model has no value at the start.
 */
export function levenbergMarquardt(
  problem: Problem,
  start: readonly number[],
  mostIterations: number,
  linear: readonly number[] = [],
): Descent | null {
  let here = placeAt(problem, [...start], linear);
  if (here === null) return null;
  const scale = start.map(() => 0);
  let damping = firstDamping;
  let growth = 2;
  let iterations = 0;
  let reduced = widened(scale, here);
  while (iterations < mostIterations && damping < dampingLimit && here.sumOfSquares > 0) {
    iterations += 1;
    const step = solveTriangle(damped(reduced, scale, damping));
    const there = placeAt(
      problem,
      here.parameters.map((value, k) => value + (step[k] ?? 0)),
      linear,
    );
    const gain =
      there === null
        ? -1
        : (here.sumOfSquares - there.sumOfSquares) / promised(reduced, scale, step, damping);
    if (there === null || !(gain > acceptedGain)) {
      if (there !== null && isNegligible(step, here.parameters) && damping <= 1) break;
      damping *= growth;
      growth *= 2;
      continue;
    }
    here = there;
    reduced = widened(scale, here);
    damping *= Math.max(1 / 3, 1 - (2 * gain - 1) ** 3);
    growth = 2;
    if (isNegligible(step, here.parameters) && damping <= 1) break;
  }
  return {
    parameters: here.parameters,
    sumOfSquares: here.sumOfSquares,
    rounding: roundingOf(here),
    iterations,
  };
}

/** Each residual is off by some of the last bits of what the model is made of. */
const roundingOf = ({ parameters, jacobian }: Place): number =>
  (2 ** -44 * norm(jacobian.map((row) => norm(row.map((slope, k) => slope * (parameters[k] ?? 0)))))) ** 2;

const isNegligible = (step: readonly number[], parameters: readonly number[]): boolean =>
  step.every((value, k) => Math.abs(value) <= stepLimit * Math.abs(parameters[k] ?? 0));

function placeAt(problem: Problem, from: number[], linear: readonly number[]): Place | null {
  const parameters = linear.length === 0 ? from : projected(problem, from, linear);
  const { residuals, jacobian } = problem.floats(parameters);
  const sumOfSquares = norm(residuals) ** 2;
  if (!Number.isFinite(sumOfSquares) || !jacobian.every((row) => row.every(Number.isFinite))) return null;
  return { parameters, residuals, jacobian, sumOfSquares };
}

/** The linear parameters put to where they are best, with the others as they are. */
function projected(problem: Problem, from: readonly number[], linear: readonly number[]): number[] {
  const { residuals, jacobian } = problem.floats(from);
  if (!jacobian.every((row) => row.every(Number.isFinite)) || !residuals.every(Number.isFinite))
    return [...from];
  const step = solveTriangle(
    triangle(
      jacobian.map((row) => linear.map((k) => row[k] ?? 0)),
      residuals,
    ),
  );
  return from.map((value, k) => value + (linear.includes(k) ? (step[linear.indexOf(k)] ?? 0) : 0));
}

/**
 * The parameters that the model is linear in, with the others held: a column of the Jacobian that stays when they move.
 */
export function linearParameters(problem: Problem, start: readonly number[]): number[] {
  const chosen: number[] = [];
  for (const candidate of start.keys()) {
    const trial = [...chosen, candidate];
    const moved = start.map((value, k) => (trial.includes(k) ? 1.25 * value + 0.125 : value));
    const [before, after] = [problem.floats(start).jacobian, problem.floats(moved).jacobian];
    const stays = before.every((row, i) =>
      trial.every(
        (k) => Math.abs((row[k] ?? 0) - (after[i]?.[k] ?? Number.NaN)) <= 1e-12 * Math.abs(row[k] ?? 0),
      ),
    );
    if (stays) chosen.push(candidate);
  }
  return chosen;
}

/** Takes the columns' lengths into `scale`, and the Jacobian to its triangle. */
function widened(scale: number[], { jacobian, residuals }: Place): Triangle {
  for (const [k, value] of scale.entries())
    scale[k] = Math.max(value, norm(jacobian.map((row) => row[k] ?? 0)));
  return triangle(jacobian, residuals);
}

/** [R; sqrt(damping) D] as one triangle. */
function damped({ rows, right }: Triangle, scale: readonly number[], damping: number): Triangle {
  const root = Math.sqrt(damping);
  const below = scale.map((value, k) => scale.map((_, j) => (j === k ? root * (value || 1) : 0)));
  return triangle([...rows, ...below], [...right, ...scale.map(() => 0)]);
}

/** By how much the linear model says that the sum of squares falls (More 1978). */
function promised(
  { rows }: Triangle,
  scale: readonly number[],
  step: readonly number[],
  damping: number,
): number {
  const linear = rows.map((row) => row.reduce((sum, value, k) => sum + value * (step[k] ?? 0), 0));
  const ring = step.map((value, k) => value * (scale[k] || 1));
  return norm(linear) ** 2 + 2 * damping * norm(ring) ** 2;
}
