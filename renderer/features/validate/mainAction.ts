import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { validateWizard } from '../../../shared/wizard/validate.ts';
import { go } from '../common/route.ts';
import { useBlocked } from '../common/useBlocked.ts';
import type { WizardHandle } from '../common/useWizard.ts';
import type { MainAction } from '../common/WizardFrame.tsx';
import { type RuleDraft, readRules } from './draft.ts';
import type { ProofSetup } from './ProveStep.tsx';

export function useMainAction(
  { act, sending }: WizardHandle<'validate'>,
  state: ValidateState,
  drafts: readonly RuleDraft[],
  setup: ProofSetup,
): MainAction {
  const { t } = useTranslation();
  const words = useBlocked();
  const wait = sending ? t('blocked.busy') : null;
  const reason = (intent: 'rules' | 'push' | 'prove' | 'finish') =>
    wait ?? words(validateWizard.blocked(state, intent));
  if (state.task !== null) {
    return { label: t('wizard.stop'), onPress: () => act({ type: 'stop' }), blocked: null, look: 'stop' };
  }
  if (state.done) return { label: t('wizard.toJob'), onPress: () => go('job'), blocked: null };
  switch (state.step) {
    case 'rules': {
      const rules = readRules(drafts);
      const same =
        rules !== null && state.compiled !== null && JSON.stringify(rules) === JSON.stringify(state.rules);
      return {
        label: t('wizard.continue'),
        blocked: reason('rules') ?? (rules === null ? t('validate.rulesNotRight') : null),
        onPress: () => {
          if (same) act({ type: 'goto', step: 'push' });
          else if (rules !== null) act({ type: 'rules', rules });
        },
      };
    }
    case 'push':
      if (state.written !== null) {
        return {
          label: t('wizard.continue'),
          blocked: wait,
          onPress: () => act({ type: 'goto', step: 'prove' }),
        };
      }
      return { label: t('validate.push'), blocked: reason('push'), onPress: () => act({ type: 'push' }) };
    case 'prove':
      return {
        label: t('validate.prove'),
        blocked: reason('prove') ?? (setup.intent === null ? t('validate.setupNotRight') : null),
        onPress: () => setup.intent !== null && act(setup.intent),
      };
    case 'result':
      if (state.verdict === 'fail') {
        return {
          label: t('validate.proveAgain'),
          blocked: reason('prove'),
          onPress: () => act({ type: 'goto', step: 'prove' }),
        };
      }
      return {
        label: t('wizard.finish'),
        blocked: reason('finish'),
        onPress: () => {
          act({ type: 'finish' });
          go('job');
        },
      };
  }
}
