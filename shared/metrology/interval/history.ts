import { absolute, compare, fromDecimal, larger, type Rational, rational, subtract } from '../rational.ts';
import { RequestError } from '../request.ts';
import type { ReliabilityGroup } from './s2.ts';

interface PointError {
  nominal: string;
  error: string;
}

/** One calibration of a unit. Errors and tolerance in one unit. */
export interface PastCalibration {
  /** `2026-11-22`. */
  date: string;
  tolerance: string;
  asFound: readonly PointError[];
  adjusted: boolean;
  /** Of an adjusted unit; otherwise it is as it was found. */
  asLeft?: readonly PointError[] | undefined;
}

/** From one calibration to the next. */
export interface Cycle {
  days: number;
  inTolerance: boolean;
}

const dayMs = 86_400_000;
const none = rational(0n);

/** Whole days from one date to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** `date` and `days` more; whole days. */
export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + Math.floor(days) * dayMs).toISOString().slice(0, 10);

/** Oldest first; those of the same day as they stand. RequestError where one has no as-found error. */
export function inOrder(history: readonly PastCalibration[]): PastCalibration[] {
  history.forEach(({ asFound }, i) => {
    if (asFound.length === 0) throw new RequestError(`history.${i}.asFound`, 'has no point');
  });
  return [...history].sort((a, b) => Date.parse(a.date) - Date.parse(b.date));
}

export const largestError = ({ asFound }: PastCalibration): Rational =>
  asFound.map(({ error }) => absolute(fromDecimal(error))).reduce(larger, none);

const wasInTolerance = (calibration: PastCalibration): boolean =>
  compare(largestError(calibration), fromDecimal(calibration.tolerance)) <= 0;

/** Each calibration but the first ends a cycle, unless it was on the same day; `history` in order. */
export const cyclesOf = (history: readonly PastCalibration[]): Cycle[] =>
  history
    .slice(1)
    .map((calibration, i) => ({
      days: daysBetween(history[i]?.date ?? calibration.date, calibration.date),
      inTolerance: wasInTolerance(calibration),
    }))
    .filter(({ days }) => days > 0);

/** A cycle is about as long as another where it differs by at most this share of it. */
const similar = 0.15;

/** Cycles that were about `days` long. */
export const cyclesNear = (cycles: readonly Cycle[], days: number): Cycle[] =>
  cycles.filter((cycle) => Math.abs(cycle.days - days) <= similar * days);

/** Cycles of about the same length together, at their mean length. */
export function groupsOf(cycles: readonly Cycle[]): ReliabilityGroup[] {
  const groups: Cycle[][] = [];
  for (const cycle of [...cycles].sort((a, b) => a.days - b.days)) {
    const last = groups.at(-1);
    const first = last?.[0];
    if (last && first && cycle.days - first.days <= similar * first.days) last.push(cycle);
    else groups.push([cycle]);
  }
  return groups.map((group) => ({
    time: group.reduce((total, { days }) => total + days, 0) / group.length,
    calibrations: group.length,
    inTolerance: group.filter(({ inTolerance }) => inTolerance).length,
  }));
}

const asLeftOf = ({ asFound, adjusted, asLeft }: PastCalibration): readonly PointError[] =>
  adjusted && asLeft && asLeft.length > 0 ? asLeft : asFound;

const errorAt = (points: readonly PointError[], nominal: Rational): Rational | null => {
  const point = points.find((each) => compare(fromDecimal(each.nominal), nominal) === 0);
  return point ? fromDecimal(point.error) : null;
};

/** What drifted at one nominal value: as found minus as left before, and the error that is left now. */
export interface PointDrift {
  nominal: string;
  times: number[];
  changes: Rational[];
  left: Rational;
}

/** For each nominal value of the last calibration; `history` in order. */
export function driftsOf(history: readonly PastCalibration[]): PointDrift[] {
  const last = history.at(-1);
  if (!last) return [];
  return asLeftOf(last).map(({ nominal, error }) => {
    const drift: PointDrift = { nominal, times: [], changes: [], left: fromDecimal(error) };
    history.slice(1).forEach((calibration, i) => {
      const before = history[i];
      const found = errorAt(calibration.asFound, fromDecimal(nominal));
      const left = before ? errorAt(asLeftOf(before), fromDecimal(nominal)) : null;
      const days = before ? daysBetween(before.date, calibration.date) : 0;
      if (days === 0 || !found || !left) return;
      drift.times.push(days);
      drift.changes.push(subtract(found, left));
    });
    return drift;
  });
}
