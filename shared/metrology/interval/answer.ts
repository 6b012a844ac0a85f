import { numberText } from '../decision/numbers.ts';

/** What every method says. Intervals in the unit of time that was given, as decimal text. */
export interface IntervalAnswer extends Readonly<Record<string, unknown>> {
  method: string;
  /** Null where the data do not carry an answer: `basis` says why. */
  interval: string | null;
  /** What it rests on, in a sentence or two. */
  basis: string;
}

/** Significant digits of what is computed in doubles. */
export const figure = (value: number): string => numberText(value, 10);
/** `94.87 %` of 0.94868. */
export const percent = (share: number): string => `${numberText(100 * share, 4)} %`;

export interface Bounds {
  shortest?: string | undefined;
  longest?: string | undefined;
}

/** The interval within what is allowed at all. */
export const bounded = (interval: number, { shortest, longest }: Bounds): number =>
  Math.min(Math.max(interval, Number(shortest ?? 0)), Number(longest ?? Number.POSITIVE_INFINITY));
