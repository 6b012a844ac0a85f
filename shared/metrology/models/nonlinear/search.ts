import { toNumber } from '../real/real.ts';
import { type Descent, levenbergMarquardt, linearParameters } from './levenberg-marquardt.ts';
import type { Problem } from './problem.ts';
import { type Minimum, type NotRefined, refine } from './refine.ts';

export interface Found {
  minimum: Minimum;
  /** Starts that were tried, the given one included. */
  starts: number;
  /** Another start led to a far smaller sum of squares than the given one. */
  elsewhere: boolean;
}

/** Iterations from one start: thousands of readings are to take seconds, not minutes. */
const iterations = (observations: number): number =>
  Math.round(Math.min(2000, Math.max(200, 2e6 / observations)));
const moreStarts = 16;
const iterationsOfMore = 300;
/** More readings than this do not tell starts apart any better. */
const enoughToSearch = 400;
const mostRefined = 3;
/** Another minimum counts only where it is far better: a pole between two readings can always save a little. */
const farBetter = 0.1;

/**
 * The minimum that the start leads to. From the given start the descent goes twice, the second time with the
 * parameters that are linear solved for at every step (Golub and Pereyra 1973, variable projection), which finds its
 * way out of flat starts (NIST StRD BoxBOD, MGH10). Where neither ends in a minimum, starts around the given one are
 * tried, the same ones each time.
 */
export function search(problem: Problem, start: readonly number[]): Found | NotRefined | 'no-start' {
  const linear = linearParameters(problem, start);
  const given = [[], linear].flatMap((solved) =>
    orNone(levenbergMarquardt(problem, start, iterations(problem.observations), solved)),
  );
  const [first, second] = given;
  const better =
    first !== undefined && second !== undefined && second.sumOfSquares < farBetter * first.sumOfSquares;
  const found = best(problem, better ? [second, first] : given, 1);
  if (typeof found !== 'string') return { ...found, elsewhere: false };

  const around = descentsAround(problem, start, linear);
  const other = best(problem, around, 1 + moreStarts);
  if (typeof other !== 'string') return { ...other, elsewhere: true };
  return given.length + around.length === 0 ? 'no-start' : found;
}

/** The best descents from other starts. */
function descentsAround(problem: Problem, start: readonly number[], linear: readonly number[]): Descent[] {
  const coarse = problem.observations > enoughToSearch ? problem.thinned(enoughToSearch) : problem;
  const ends = Array.from({ length: moreStarts }, (_, at) => moved(start, at)).flatMap((each) =>
    orNone(levenbergMarquardt(coarse, each, iterationsOfMore, linear)),
  );
  const chosen = ends.toSorted((a, b) => a.sumOfSquares - b.sumOfSquares).slice(0, mostRefined);
  if (coarse === problem) return chosen;
  return chosen.flatMap(({ parameters }) => orNone(levenbergMarquardt(problem, parameters, 100, linear)));
}

const orNone = <T>(value: T | null): T[] => (value === null ? [] : [value]);

/** The first descent that refines to a minimum, or why the first did not. */
function best(problem: Problem, descents: readonly Descent[], starts: number) {
  let reason: NotRefined = 'no-minimum';
  for (const [at, descent] of descents.entries()) {
    const minimum = refinedOrNot(problem, descent.parameters);
    if (typeof minimum === 'string') {
      if (at === 0) reason = minimum;
    } else if (isNoWorse(minimum, descent)) return { minimum, starts };
  }
  return reason;
}

/** Newton's steps could have left for another place that is flat. What doubles round away does not count. */
const isNoWorse = ({ sumOfSquares }: Minimum, descent: Descent): boolean =>
  toNumber(sumOfSquares) <= descent.sumOfSquares * 1.000001 + descent.rounding;

function refinedOrNot(problem: Problem, parameters: readonly number[]): Minimum | NotRefined {
  try {
    return refine(problem, parameters);
  } catch (error) {
    // Newton's step left the model's domain, or the numbers' range: not a minimum.
    if (error instanceof RangeError) return 'no-minimum';
    throw error;
  }
}

/** A start around the given one: each parameter times a power of ten between -1.5 and 1.5 that looks random. */
function moved(start: readonly number[], at: number): number[] {
  const spread = 0.25 + (1.25 * at) / moreStarts;
  return start.map((value, k) => {
    // Multiples of irrational numbers fill the interval evenly (Weyl 1916).
    const even = ((at + 1) * Math.sqrt(primes[k % primes.length] ?? 2) + k / 7) % 1;
    return (value === 0 ? 0.1 : value) * 10 ** (spread * (2 * even - 1));
  });
}
const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];
