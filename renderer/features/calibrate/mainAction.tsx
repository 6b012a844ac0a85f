import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibrateIntent, CalibrateState } from '../../../shared/contract/calibrate.ts';
import { calibrateWizard, nextPoint, presentRun, withinTolerance } from '../../../shared/wizard/calibrate.ts';
import { Button } from '../../ui/Button.tsx';
import { go } from '../common/route.ts';
import { useBlocked } from '../common/useBlocked.ts';
import type { WizardHandle } from '../common/useWizard.ts';
import type { MainAction } from '../common/WizardFrame.tsx';
import { type PlanDraft, readDraft } from './plan.ts';

export interface Actions {
  main: MainAction;
  other?: ReactNode;
}

/** The one thing to do next, and what else could be done instead. */
export function useMainAction(
  handle: WizardHandle<'calibrate'>,
  state: CalibrateState,
  draft: PlanDraft,
): Actions {
  const { t } = useTranslation();
  const words = useBlocked();
  const { act, sending } = handle;
  const wait = sending ? t('blocked.busy') : null;
  const simple = (
    label: string,
    intent: CalibrateIntent & { type: 'measure' | 'adjust' | 'leaveAsFound' },
  ) => ({
    label,
    blocked: wait ?? words(calibrateWizard.blocked(state, intent.type)),
    onPress: () => act(intent),
  });
  if (state.task !== null) {
    return {
      main: { label: t('wizard.stop'), onPress: () => act({ type: 'stop' }), blocked: null, look: 'stop' },
    };
  }
  if (state.done) return { main: { label: t('wizard.toJob'), onPress: () => go('job'), blocked: null } };
  switch (state.step) {
    case 'plan':
      return { main: planAction() };
    case 'as-found':
    case 'as-left': {
      const over = presentRun(state) !== state.step || nextPoint(state) === null;
      const on = state.step === 'as-found' ? 'adjust' : 'result';
      if (over) {
        return {
          main: {
            label: t('wizard.continue'),
            blocked: wait,
            onPress: () => act({ type: 'goto', step: on }),
          },
        };
      }
      const label = state.step === 'as-found' ? t('calibrate.takeAsFound') : t('calibrate.takeAsLeft');
      return { main: simple(label, { type: 'measure' }) };
    }
    case 'adjust':
      return adjustAction();
    case 'result':
      return {
        main: {
          label: t('wizard.finish'),
          blocked: wait ?? words(calibrateWizard.blocked(state, 'finish')),
          onPress: () => {
            act({ type: 'finish' });
            go('job');
          },
        },
      };
  }

  function planAction(): MainAction {
    const read = readDraft(draft);
    const noReference = state.reference === null ? t('blocked.referenceFirst') : null;
    const problem = 'problem' in read ? t(`calibrate.problem.${read.problem}`) : null;
    return {
      label: t('wizard.continue'),
      blocked: wait ?? words(calibrateWizard.blocked(state, 'plan')) ?? noReference ?? problem,
      onPress: () => 'plan' in read && act({ type: 'plan', plan: read.plan }),
    };
  }

  function adjustAction(): Actions {
    if (state.written !== null) {
      return {
        main: {
          label: t('wizard.continue'),
          blocked: wait,
          onPress: () => act({ type: 'goto', step: 'as-left' }),
        },
      };
    }
    const adjust = simple(t('calibrate.adjust'), { type: 'adjust' });
    const leave = simple(t('calibrate.leaveAsFound'), { type: 'leaveAsFound' });
    const good = withinTolerance(state.asFound) && !state.writing;
    if (!good) return { main: adjust };
    const [main, other] = state.plan?.adjust === 'when-needed' ? [leave, adjust] : [adjust, leave];
    return { main, other: <Button onPress={other.onPress}>{other.label}</Button> };
  }
}
