import type { Laboratory } from '../../contract/certificate.ts';
import type { CoverageMethod } from '../uncertainty/coverage.ts';

const ways = {
  nearest: 'to the nearest',
  up: 'up, so that it is never understated,',
  gum: 'to the nearest, or up where that would lose more than 1 % of it,',
} as const satisfies Record<Laboratory['rounding'], string>;

/** How the reported figures were rounded (JCGM 100, 7.2.6): the choice is the laboratory's, and printed. */
export const roundingWords = (rounding: Laboratory['rounding']): string =>
  `The expanded uncertainty is rounded ${ways[rounding]} to two significant digits, and the error to the same decimal place (JCGM 100:2008, 7.2.6); nothing was rounded before.`;

const byStudent = "of Student's t distribution for the effective degrees of freedom";
const byShape =
  'of the distribution of the result, in which a rectangular contribution dominates (EA-4/02, S9, S10)';

/** Where k came from: each way that a point of the run took. */
function factorWords(methods: readonly CoverageMethod[]): string {
  const isShape = (method: CoverageMethod): boolean => method !== 'student-t' && method !== 'normal';
  if (!methods.some(isShape)) return byStudent;
  return methods.every(isShape)
    ? byShape
    : `${byStudent}, and at the points where a rectangular contribution dominates, that of the distribution of the result (EA-4/02, S9, S10)`;
}

/** What U stands for, and what it rests on. `methods`: how k was found at each point. */
export function uncertaintyWords(
  probability: string,
  floor: string | null,
  methods: readonly CoverageMethod[],
): string {
  const percent = `${Number((100 * Number(probability)).toPrecision(12))} %`;
  const least =
    floor === null ? '' : ` It is not stated below ${floor}, the best that the laboratory claims.`;
  return `The reported expanded uncertainty is the combined standard uncertainty multiplied by the coverage factor k ${factorWords(methods)}, for a coverage probability of about ${percent} (JCGM 100:2008). It holds for the conditions and the time of the calibration, and contains no allowance for what the unit does later.${least}`;
}
