import { CalibrationPlan } from '../../../shared/contract/calibrate.ts';
import type { AddedSource } from '../../../shared/contract/calibration-plan.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { niceStep } from '../../live/range.ts';

type Rule = CalibrationPlan['decision']['rule'];

/** The plan as it is being typed: points are one text, numbers are text, the rest is as in the contract. */
export interface PlanDraft
  extends Pick<
    CalibrationPlan,
    'channel' | 'sequence' | 'tolerance' | 'probability' | 'leastTur' | 'model' | 'adjust' | 'method'
  > {
  points: string;
  cycles: string;
  /** Empty: the tolerance. */
  asLeftLimit: string;
  /** `r` counts for the rules that have one. */
  decision: { rule: Rule; r: string };
  uncertainties: AddedSource[];
  stability: Record<keyof CalibrationPlan['stability'], string>;
}

/** Rules with a guard band w = r U that is agreed. */
export const hasFactor = (rule: Rule): rule is 'guard-band' | 'non-binary' =>
  rule === 'guard-band' || rule === 'non-binary';

export const draftOf = (plan: CalibrationPlan): PlanDraft => ({
  ...plan,
  points: plan.points.join('; '),
  cycles: String(plan.cycles),
  asLeftLimit: plan.asLeftLimit ?? '',
  decision: { rule: plan.decision.rule, r: 'r' in plan.decision ? plan.decision.r : '1' },
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
  return {
    channel: channel?.id ?? '',
    points: max > min ? pointsOver(min, max).join('; ') : '',
    sequence: 'as-listed',
    cycles: '1',
    tolerance: decimal(tolerance),
    asLeftLimit: '',
    decision: { rule: 'simple', r: '1' },
    probability: '0.9545',
    leastTur: '4',
    model: 'line',
    uncertainties: [],
    adjust: 'when-needed',
    method: '',
    stability: {
      readings: '20',
      intervalMs: '200',
      timeoutSeconds: '1800',
      ...stillness(tolerance, quantum),
    },
  };
}

/** What may still move while a reading is taken, from the tolerance and the step of the channel. */
export function stillness(tolerance: number, quantum: number) {
  const still = decimal(Math.max(tolerance / 10, 2 * quantum));
  return { maxDrift: still, maxSpread: still, nearNominal: decimal(2 * tolerance) };
}

const whole = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

export type PlanField =
  | 'channel'
  | 'points'
  | 'cycles'
  | 'tolerance'
  | 'asLeftLimit'
  | 'decision'
  | 'probability'
  | 'leastTur'
  | 'uncertainties'
  | 'method'
  | keyof CalibrationPlan['stability'];

/** What each part of the plan's form is given. */
export interface PlanPartProps {
  draft: PlanDraft;
  channel: ProfileChannel | undefined;
  problem: PlanField | null;
  onChange: (draft: PlanDraft) => void;
}

/** The plan as the contract takes it, or the first field that is not right yet. Points may be parted by ; or space. */
export function readDraft(draft: PlanDraft): { plan: CalibrationPlan } | { problem: PlanField } {
  const { stability, decision } = draft;
  const parsed = CalibrationPlan.safeParse({
    ...draft,
    points: draft.points
      .split(/[;\s]+/)
      .filter((text) => text !== '')
      .map((text) => text.replace(',', '.').replace('−', '-')),
    cycles: whole(draft.cycles),
    asLeftLimit: draft.asLeftLimit === '' ? null : draft.asLeftLimit,
    decision: hasFactor(decision.rule) ? decision : { rule: decision.rule },
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
  const problem = notSensible(parsed.data);
  return problem === null ? { plan: parsed.data } : { problem };
}

/** What the schema lets through and no calibration can do. Floats suffice: nothing is computed with them. */
function notSensible(plan: CalibrationPlan): PlanField | null {
  const tolerance = Number(plan.tolerance);
  const limit = plan.asLeftLimit === null ? tolerance : Number(plan.asLeftLimit);
  const probability = Number(plan.probability);
  if (tolerance <= 0) return 'tolerance';
  if (new Set(plan.points.map(Number)).size !== plan.points.length) return 'points';
  if (limit <= 0 || limit > tolerance) return 'asLeftLimit';
  if ('r' in plan.decision && Number(plan.decision.r) < 0) return 'decision';
  if (probability < 0.5 || probability > 0.9999) return 'probability';
  if (Number(plan.leastTur) <= 0) return 'leastTur';
  return plan.uncertainties.some(({ amount }) => Number(amount) < 0) ? 'uncertainties' : null;
}
