import type { HistoryLine } from '../../shared/contract/certificate.ts';
import type { ParsedParams, Result } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { intervalFromHistory } from '../../shared/metrology/metrology.ts';
import { compareDecimal } from '../../shared/units/units.ts';
import { dayOf } from './day.ts';

type Calibration = Parameters<typeof intervalFromHistory>[0]['history'][number];

/** Of the contract. */
const longestBasis = 600;

/**
 * When a channel's next calibration is due by its history, and what that rests on. `standardUncertainties` are those
 * of its last calibration.
 */
export function nextDue(
  lines: readonly HistoryLine[],
  standardUncertainties: readonly string[],
  { method, intervalDays, reliability, channel }: ParsedParams<'calibration.nextDue'>,
): Result<'calibration.nextDue'> {
  const history = perDay(lines.filter(({ asFound }) => asFound.length > 0));
  if (history.length === 0) {
    return {
      due: null,
      intervalDays: null,
      basis: `This job holds no calibration of the channel ${channel}.`,
    };
  }
  if (compareDecimal(reliability, '0') <= 0 || compareDecimal(reliability, '1') >= 0) {
    throw new Failure('STEP_BLOCKED', { detail: `the reliability ${reliability} is not between 0 and 1` });
  }
  const answer = intervalFromHistory({
    method,
    history,
    intervalDays,
    targetReliability: reliability,
    standardUncertainty: standardUncertainties.reduce((a, b) => (compareDecimal(a, b) < 0 ? b : a), '0'),
  });
  return { due: answer.due, intervalDays: answer.intervalDays, basis: answer.basis.slice(0, longestBasis) };
}

/** Several calibrations on one day are one: as it was found first, and as it was left last. */
function perDay(lines: readonly HistoryLine[]): Calibration[] {
  const days = new Map<string, Calibration>();
  for (const { at, tolerance, asFound, asLeft, adjusted } of lines) {
    const date = dayOf(new Date(at));
    const before = days.get(date);
    const left = asLeft.length > 0 ? asLeft : asFound;
    days.set(date, {
      date,
      tolerance,
      asFound: before?.asFound ?? asFound,
      adjusted: adjusted || before?.adjusted === true,
      asLeft: left,
    });
  }
  return [...days.values()];
}
