import type { ReferenceStandard } from '../../../shared/contract/standards.ts';
import type { Status } from '../../ui/StatusMark.tsx';
import type { DriftSeries } from '../calibrate/drift.ts';
import { unitSymbol } from '../common/show.ts';

export const standardName = ({ maker, model, serial }: ReferenceStandard): string =>
  `${maker} ${model}, ${serial}`;

/** Long enough to send it away and have it back. */
const SOON_DAYS = 45;
const DAY_MS = 86_400_000;

export type StandardState = 'valid' | 'soon' | 'overdue' | 'early' | 'retired';

/** How a standard stands on a day (`2026-11-22`); days as text compare as days. The day on which it is due counts. */
export function standardState({ retired, certificates }: ReferenceStandard, today: string): StandardState {
  const present = certificates.at(-1);
  if (retired !== null) return 'retired';
  if (present === undefined || today > present.due) return 'overdue';
  if (today < present.issued) return 'early';
  const days = (Date.parse(present.due) - Date.parse(today)) / DAY_MS;
  return days <= SOON_DAYS ? 'soon' : 'valid';
}

export const standardMarks: Record<StandardState, Status> = {
  valid: 'good',
  soon: 'caution',
  overdue: 'bad',
  early: 'caution',
  retired: 'none',
};

/** The correction at each point over all certificates; points that only one certificate has show no drift. */
export function correctionSeries({ certificates, unit }: ReferenceStandard): DriftSeries[] {
  const values = [...new Set(certificates.flatMap(({ points }) => points.map(({ value }) => value)))];
  return values
    .toSorted((a, b) => Number(a) - Number(b))
    .map((value) => ({
      name: `${value} ${unitSymbol(unit)}`,
      points: certificates.flatMap(({ issued, points }) =>
        points
          .filter((point) => point.value === value)
          .map(({ correction, expandedUncertainty }) => ({
            at: Date.parse(issued),
            value: correction,
            uncertainty: expandedUncertainty,
            isAdjusted: false,
          })),
      ),
    }))
    .filter(({ points }) => points.length > 1);
}
