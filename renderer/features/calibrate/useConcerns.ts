import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { StandardConcern } from '../../../shared/contract/standards.ts';
import { standardConcerns } from '../../../shared/metrology/metrology.ts';
import { useToday } from '../common/today.ts';
import { type PlanDraft, readDraft } from './plan.ts';

/** What speaks against the standard for the plan as it is typed; nothing while either is not there yet. */
export function concernsOf(
  state: Pick<CalibrateState, 'reference' | 'standard'>,
  draft: PlanDraft,
  channel: ProfileChannel | undefined,
  today: string,
): StandardConcern[] {
  const read = readDraft(draft);
  if (state.reference === null || channel === undefined || 'problem' in read) return [];
  return standardConcerns(state.standard, read.plan, channel.unit, today);
}

export const useConcerns = (
  state: CalibrateState,
  draft: PlanDraft,
  channel: ProfileChannel | undefined,
): StandardConcern[] => concernsOf(state, draft, channel, useToday());
