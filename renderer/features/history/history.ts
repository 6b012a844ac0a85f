import type { HistoryLine } from '../../../shared/contract/certificate.ts';
import { absoluteDecimal, compareDecimal } from '../../../shared/units/units.ts';
import type { DriftSeries } from '../calibrate/drift.ts';
import { unitSymbol } from '../common/show.ts';

type Errors = HistoryLine['asFound'];

/**
 * Each nominal over the calibrations: the error as found, and where the unit was adjusted the error as left, from
 * which the line begins anew: what an adjustment did is no drift.
 */
export function driftSeries(lines: readonly HistoryLine[]): DriftSeries[] {
  const nominals = [...new Set(lines.flatMap(({ asFound }) => asFound.map(({ nominal }) => nominal)))];
  return nominals
    .toSorted((a, b) => Number(a) - Number(b))
    .map((nominal) => ({
      name: `${nominal} ${unitSymbol(lines[0]?.unit ?? '')}`,
      points: lines.flatMap((line) => [
        ...pointOf(line.asFound, nominal, line.at, false),
        ...(line.adjusted ? pointOf(line.asLeft, nominal, line.at, true) : []),
      ]),
    }));
}

const pointOf = (errors: Errors, nominal: string, at: number, isAdjusted: boolean) =>
  errors
    .filter((entry) => entry.nominal === nominal)
    .map(({ error, expandedUncertainty }) => ({
      at,
      value: error,
      uncertainty: expandedUncertainty,
      isAdjusted,
    }));

/** The error with the largest magnitude; null where there is none. */
export const largestError = (errors: Errors): Errors[number] | null =>
  errors.reduce<Errors[number] | null>(
    (most, entry) =>
      most === null || compareDecimal(absoluteDecimal(entry.error), absoluteDecimal(most.error)) > 0
        ? entry
        : most,
    null,
  );
