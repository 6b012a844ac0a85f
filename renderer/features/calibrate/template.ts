import type { PlanTemplate } from '../../../shared/contract/calibration-plan.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { addDecimal, compareDecimal, multiplyDecimal, subtractDecimal } from '../../../shared/units/units.ts';
import { firstDraft, hasFactor, type PlanDraft, stillness } from './plan.ts';

/** Products of shares end in zeros that say nothing. */
const trimmed = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text;

/** Templates for what the channel measures. */
export const templatesFor = (
  templates: readonly PlanTemplate[],
  channel: ProfileChannel | undefined,
): PlanTemplate[] =>
  templates.filter(({ measurands }) => channel !== undefined && measurands.includes(channel.measurand));

/** A plan to start from: the template's shares of the channel's range become points and tolerance, exactly. */
export function fromTemplate(template: PlanTemplate, channel: ProfileChannel): PlanDraft {
  const { plan, stability } = template;
  const range = subtractDecimal(channel.max, channel.min);
  const least = trimmed(multiplyDecimal(channel.quantum, '5'));
  const share = trimmed(multiplyDecimal(template.toleranceShare, range));
  // Below a few steps of the channel nobody could tell good from bad.
  const tolerance = compareDecimal(share, least) < 0 ? least : share;
  return {
    ...firstDraft(channel),
    ...plan,
    points: template.shares
      .map((part) => trimmed(addDecimal(channel.min, multiplyDecimal(part, range))))
      .join('; '),
    cycles: String(plan.cycles),
    tolerance,
    decision: {
      rule: plan.decision.rule,
      r: hasFactor(plan.decision.rule) && 'r' in plan.decision ? plan.decision.r : '1',
    },
    stability: {
      readings: String(stability.readings),
      intervalMs: String(stability.intervalMs),
      timeoutSeconds: String(stability.timeoutSeconds),
      ...stillness(Number(tolerance), Number(channel.quantum)),
    },
  };
}
