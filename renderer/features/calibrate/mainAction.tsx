import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import {
  calibrateWizard,
  needsNoAdjustment,
  nextPoint,
  presentRun,
} from '../../../shared/wizard/calibrate.ts';
import { Button } from '../../ui/Button.tsx';
import { ReasonButton } from '../common/ReasonButton.tsx';
import { useBlocked } from '../common/useBlocked.ts';
import { useUsualActions } from '../common/useUsualActions.ts';
import type { WizardHandle } from '../common/useWizard.ts';
import type { MainAction } from '../common/WizardFrame.tsx';
import { type PlanDraft, readDraft } from './plan.ts';

interface Actions {
  main: MainAction;
  other?: ReactNode;
}

/** The one thing to do next, and what else could be done instead. */
export function useMainAction(
  { act, sending }: WizardHandle<'calibrate'>,
  state: CalibrateState,
  draft: PlanDraft,
  /** Something speaks against the standard, and nobody said why it is used all the same. */
  unsuitable: boolean,
): Actions {
  const { t } = useTranslation();
  const words = useBlocked();
  const usual = useUsualActions();
  const wait = sending ? t('blocked.busy') : null;
  const reason = (intent: Parameters<typeof calibrateWizard.blocked>[1]) =>
    wait ?? words(calibrateWizard.blocked(state, intent));
  const simple = (label: string, type: 'measure' | 'adjust' | 'leaveAsFound'): MainAction => ({
    label,
    blocked: reason(type),
    onPress: () => act({ type }),
  });
  const onward = (step: CalibrateState['step']) => usual.onward(() => act({ type: 'goto', step }), wait);
  if (state.task !== null) return { main: usual.stop(() => act({ type: 'stop' })) };
  if (state.done) return { main: usual.toJob };
  switch (state.step) {
    case 'plan': {
      const read = readDraft(draft);
      const noReference = state.reference === null ? t('blocked.referenceFirst') : null;
      const problem = 'problem' in read ? t(`plan.problem.${read.problem}`) : null;
      const plan = () => 'plan' in read && act({ type: 'plan', plan: read.plan });
      const refused = unsuitable ? t('reference.blocked') : null;
      return { main: usual.onward(plan, reason('plan') ?? noReference ?? problem ?? refused) };
    }
    case 'as-found':
    case 'as-left': {
      const isFound = state.step === 'as-found';
      const over = presentRun(state) !== state.step || nextPoint(state) === null;
      if (over) return { main: onward(isFound ? 'adjust' : 'result') };
      return { main: simple(t(isFound ? 'calibrate.takeAsFound' : 'calibrate.takeAsLeft'), 'measure') };
    }
    case 'adjust':
      if (state.written !== null) return { main: onward('as-left') };
      if (calibrateWizard.blocked(state, 'leaveUnadjusted') === null) {
        const onGive = (why: string) => act({ type: 'leaveUnadjusted', reason: why });
        return { main: simple(t('calibrate.adjust'), 'adjust'), other: <LeaveUnadjusted onGive={onGive} /> };
      }
      return adjustOrLeave(
        state,
        simple(t('calibrate.adjust'), 'adjust'),
        simple(t('calibrate.leaveAsFound'), 'leaveAsFound'),
      );
    case 'result':
      return { main: usual.finish(() => act({ type: 'finish' }), reason('finish')) };
  }
}

/** A unit that cannot be adjusted gets its certificate all the same: what was found, and why it was left so. */
function LeaveUnadjusted({ onGive }: { onGive: (reason: string) => void }) {
  const { t } = useTranslation();
  return (
    <ReasonButton
      label={t('calibrate.leaveUnadjusted')}
      title={t('calibrate.leaveUnadjustedTitle')}
      body={t('calibrate.leaveUnadjustedBody')}
      act={t('calibrate.leaveUnadjusted')}
      onGive={onGive}
    />
  );
}

/** A unit that is good as found may be left so; which of the two comes first is what the plan says. */
function adjustOrLeave(state: CalibrateState, adjust: MainAction, leave: MainAction): Actions {
  const good = needsNoAdjustment(state) && !state.writing;
  if (!good) return { main: adjust };
  const [main, other] = state.plan?.adjust === 'when-needed' ? [leave, adjust] : [adjust, leave];
  return { main, other: <Button onPress={other.onPress}>{other.label}</Button> };
}
