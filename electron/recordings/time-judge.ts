import { isRelative, plausible, type TimeFormat } from './times.ts';

export const timeProblems = ['repeated', 'decreasing', 'missing', 'absurd'] as const;
/** Missing: no time, or none that can be read. Absurd: a year that no recording is of, or far from all others. */
export type TimeProblem = (typeof timeProblems)[number];

/** How often, and the first lines. */
export interface Noted {
  count: number;
  lines: number[];
}
const mostLines = 10;

export const note = (noted: Noted, line: number): void => {
  noted.count += 1;
  if (noted.lines.length < mostLines) noted.lines.push(line);
};
export const noted = (): Noted => ({ count: 0, lines: [] });

/** Longest pause within one recording, ms. */
const longestPause = 366 * 86_400_000;

/** Judges times in the order of the file. Rows with a problem are left out, and the next is compared with the last good. */
export class TimeJudge {
  readonly problems: Readonly<Record<TimeProblem, Noted>> = {
    repeated: noted(),
    decreasing: noted(),
    missing: noted(),
    absurd: noted(),
  };
  #last: number | null = null;
  #waiting: { t: number; line: number } | null = null;
  readonly #dated: boolean;

  constructor(format: TimeFormat) {
    this.#dated = !isRelative(format);
  }

  /** True where the row is to be taken. */
  takes(t: number, line: number): boolean {
    const problem = this.#problemOf(t, line);
    if (problem === null) {
      this.#last = t;
      return true;
    }
    note(this.problems[problem], line);
    return false;
  }

  #problemOf(t: number, line: number): TimeProblem | null {
    if (Number.isNaN(t)) return 'missing';
    if (!Number.isSafeInteger(t) || (this.#dated && (t < plausible.from || t >= plausible.to)))
      return 'absurd';
    if (this.#last === null) return null;
    if (t === this.#last) return 'repeated';
    if (t < this.#last) return 'decreasing';
    if (t - this.#last <= longestPause) return null;
    // One time far ahead is absurd; where the next row goes on from there, the recording really paused.
    const goesOn = this.#waiting !== null && t >= this.#waiting.t && t - this.#waiting.t <= longestPause;
    this.#waiting = { t, line };
    return goesOn ? null : 'absurd';
  }
}
