import { CalibrationPlan } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { niceStep } from '../../live/range.ts';

/** The plan as it is being typed: points are one text, the rest is as in the contract. */
export interface PlanDraft {
  channel: string;
  points: string;
  tolerance: string;
  adjust: CalibrationPlan['adjust'];
  stability: Record<keyof CalibrationPlan['stability'], string>;
}

export const draftOf = (plan: CalibrationPlan): PlanDraft => ({
  ...plan,
  points: plan.points.join('; '),
  stability: {
    readings: String(plan.stability.readings),
    intervalMs: String(plan.stability.intervalMs),
    maxDrift: plan.stability.maxDrift,
    maxSpread: plan.stability.maxSpread,
    nearNominal: plan.stability.nearNominal,
    timeoutSeconds: String(plan.stability.timeoutSeconds),
  },
});

/** Whole points over the channel's range, at most six; they are a start, to be changed by who knows the process. */
export function pointsOver(min: number, max: number): string[] {
  const step = niceStep((max - min) / 5);
  const first = Math.ceil(min / step) * step;
  const count = Math.floor((max - first) / step) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, i) =>
    String(Number((first + i * step).toPrecision(12))),
  ).slice(0, 6);
}

/** A figure as decimal text, never with an exponent. */
const decimal = (value: number): string => value.toFixed(9).replace(/\.?0+$/, '');

/**
 * A start, to be changed by who knows the process: the tolerance is a quarter of a percent of the channel's range,
 * rounded up to a step of 1, 2 or 5. While a reading is taken, unit and reference may drift and spread by a tenth of
 * it, so that what still moves adds little to the error that is judged, but never by less than the two quanta that an
 * integer value flickers by itself. How near the point must be is twice the tolerance: the error is judged where the
 * reference stands, not at the nominal.
 */
export function firstDraft(channel: ProfileChannel | undefined): PlanDraft {
  const [min, max] = [Number(channel?.min ?? 0), Number(channel?.max ?? 0)];
  const quantum = Number(channel?.quantum ?? 0);
  const tolerance = max > min ? Math.max(niceStep((max - min) / 400), 5 * quantum) : 0;
  const still = decimal(Math.max(tolerance / 10, 2 * quantum));
  return {
    channel: channel?.id ?? '',
    points: max > min ? pointsOver(min, max).join('; ') : '',
    tolerance: decimal(tolerance),
    adjust: 'when-needed',
    stability: {
      readings: '20',
      intervalMs: '200',
      maxDrift: still,
      maxSpread: still,
      nearNominal: decimal(2 * tolerance),
      timeoutSeconds: '1800',
    },
  };
}

const whole = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

export type PlanField = 'channel' | 'points' | 'tolerance' | keyof CalibrationPlan['stability'];

/** The plan as the contract takes it, or the first field that is not right yet. Points may be parted by ; or space. */
export function readDraft(draft: PlanDraft): { plan: CalibrationPlan } | { problem: PlanField } {
  const { stability } = draft;
  const parsed = CalibrationPlan.safeParse({
    ...draft,
    points: draft.points
      .split(/[;\s]+/)
      .filter((text) => text !== '')
      .map((text) => text.replace(',', '.').replace('−', '-')),
    stability: {
      ...stability,
      readings: whole(stability.readings),
      intervalMs: whole(stability.intervalMs),
      timeoutSeconds: whole(stability.timeoutSeconds),
    },
  });
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path ?? [];
    const field = path[0] === 'stability' ? path[1] : path[0];
    return { problem: (field ?? 'points') as PlanField };
  }
  if (Number(parsed.data.tolerance) <= 0) return { problem: 'tolerance' };
  if (new Set(parsed.data.points.map(Number)).size !== parsed.data.points.length)
    return { problem: 'points' };
  return { plan: parsed.data };
}
