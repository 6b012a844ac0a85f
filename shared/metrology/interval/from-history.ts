import { fromDecimal, negate, toSignificant } from '../rational.ts';
import { RequestError } from '../request.ts';
import { testInterval } from './a3.ts';
import type { Bounds, IntervalAnswer } from './answer.ts';
import {
  cyclesNear,
  cyclesOf,
  daysAfter,
  driftsOf,
  groupsOf,
  inOrder,
  largestError,
  type PastCalibration,
  type PointDrift,
} from './history.ts';
import { reliabilityInterval } from './s2.ts';
import { staircase } from './staircase.ts';
import { type VariablesRequest, variablesInterval } from './variables.ts';

export const intervalMethods = ['staircase', 'a3', 's2', 'variables', 'fixed'] as const;
export type IntervalMethodName = (typeof intervalMethods)[number];

export interface HistoryRequest extends Bounds {
  method: IntervalMethodName;
  history: readonly PastCalibration[];
  /** Present interval, days. */
  intervalDays: number;
  /** Wanted share in tolerance at the end of the interval, and confidence of the variables method; 0.95. */
  targetReliability?: string | undefined;
  /** Of an error as it was left, for the variables method; 0 where left out. */
  standardUncertainty?: string | undefined;
}

export interface HistoryAnswer extends IntervalAnswer {
  /** Whole days, rounded down; null where the history does not carry an answer. */
  intervalDays: number | null;
  /** The last calibration's day and that many more. */
  due: string | null;
}

/** The next interval of one unit by its own history. RequestError for a history that cannot be meant. */
export function intervalFromHistory(request: HistoryRequest): HistoryAnswer {
  const history = inOrder(request.history);
  const last = history.at(-1);
  if (!last) throw new RequestError('history', 'has no calibration');
  const answer = byMethod[request.method](request, history, last);
  const days = answer.interval === null ? null : Math.floor(Number(answer.interval));
  // An interval of less than a day is no interval: the unit cannot be kept in tolerance by calibrating it.
  const intervalDays = days === null || days < 1 ? null : days;
  return {
    ...answer,
    intervalDays,
    due: intervalDays === null ? null : daysAfter(last.date, intervalDays),
  };
}

type ByHistory = (
  request: HistoryRequest,
  history: readonly PastCalibration[],
  last: PastCalibration,
) => IntervalAnswer;

const boundsOf = ({ shortest, longest }: HistoryRequest): Bounds => ({ shortest, longest });
const targetOf = ({ targetReliability }: HistoryRequest): string => targetReliability ?? '0.95';

const byMethod: Record<IntervalMethodName, ByHistory> = {
  fixed: ({ intervalDays }) => ({
    method: 'fixed',
    interval: String(intervalDays),
    basis: `A fixed interval of ${intervalDays} days, as agreed; the history is not looked at.`,
  }),
  staircase: (request, _, last) =>
    staircase({
      ...boundsOf(request),
      interval: String(request.intervalDays),
      largestError: toSignificant(largestError(last), 20),
      tolerance: last.tolerance,
    }),
  a3: (request, history) => {
    const cycles = cyclesNear(cyclesOf(history), request.intervalDays);
    return testInterval({
      ...boundsOf(request),
      calibrations: cycles.length,
      inTolerance: cycles.filter(({ inTolerance }) => inTolerance).length,
      interval: String(request.intervalDays),
      targetReliability: targetOf(request),
    });
  },
  s2: (request, history) =>
    reliabilityInterval({
      ...boundsOf(request),
      groups: groupsOf(cyclesOf(history)),
      targetReliability: targetOf(request),
    }),
  variables: (request, history, last) => earliest(driftsOf(history), request, last),
};

/** Fewer changes at a point carry no drift. */
const leastChanges = 3;

/** A straight drift at each point; the point that reaches the tolerance first sets the interval. */
function earliest(
  drifts: readonly PointDrift[],
  request: HistoryRequest,
  { tolerance }: PastCalibration,
): IntervalAnswer {
  const usable = drifts.filter(({ changes }) => changes.length >= leastChanges);
  if (usable.length === 0 || usable.length < drifts.length) {
    const basis = `Too few: each point needs ${leastChanges} changes from as-left to the next as-found error.`;
    return { method: 'variables', interval: null, basis };
  }
  const answers = usable.map((drift) => ({
    nominal: drift.nominal,
    ...variablesInterval(variablesRequest(drift, request, tolerance)),
  }));
  const limited = answers.filter(({ interval }) => interval !== null);
  const [first] = [...limited].sort((a, b) => Number(a.interval) - Number(b.interval));
  if (!first) {
    return { method: 'variables', interval: null, basis: answers[0]?.basis ?? 'No drift.', points: answers };
  }
  return {
    method: 'variables',
    interval: first.interval,
    basis: `At ${first.nominal}, the first point to reach the tolerance: ${first.basis}`,
    points: answers,
  };
}

const digits = 20;

function variablesRequest(drift: PointDrift, request: HistoryRequest, tolerance: string): VariablesRequest {
  const limit = fromDecimal(tolerance);
  return {
    ...boundsOf(request),
    times: drift.times.map(String),
    changes: drift.changes.map((change) => toSignificant(change, digits)),
    initialValue: toSignificant(drift.left, digits),
    standardUncertainty: request.standardUncertainty ?? '0',
    limits: { lower: toSignificant(negate(limit), digits), upper: toSignificant(limit, digits) },
    confidence: targetOf(request),
  };
}
