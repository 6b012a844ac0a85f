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

export function firstDraft(channel: ProfileChannel | undefined): PlanDraft {
  return {
    channel: channel?.id ?? '',
    points: channel === undefined ? '' : pointsOver(Number(channel.min), Number(channel.max)).join('; '),
    tolerance: '0.5',
    adjust: 'when-needed',
    stability: {
      readings: '20',
      intervalMs: '200',
      maxDrift: '0.05',
      maxSpread: '0.05',
      nearNominal: '1',
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
