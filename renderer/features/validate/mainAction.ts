import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { validateWizard } from '../../../shared/wizard/validate.ts';
import { useBlocked } from '../common/useBlocked.ts';
import { useUsualActions } from '../common/useUsualActions.ts';
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
  const usual = useUsualActions();
  const wait = sending ? t('blocked.busy') : null;
  const reason = (intent: 'rules' | 'push' | 'prove' | 'finish') =>
    wait ?? words(validateWizard.blocked(state, intent));
  if (state.task !== null) return usual.stop(() => act({ type: 'stop' }));
  if (state.done) return usual.toJob;
  switch (state.step) {
    case 'rules': {
      const rules = readRules(drafts);
      const same =
        rules !== null && state.compiled !== null && JSON.stringify(rules) === JSON.stringify(state.rules);
      const onward = () => {
        if (same) act({ type: 'goto', step: 'try' });
        else if (rules !== null) act({ type: 'rules', rules });
      };
      return usual.onward(onward, reason('rules') ?? (rules === null ? t('validate.rulesNotRight') : null));
    }
    case 'try':
      return usual.onward(() => act({ type: 'goto', step: 'push' }), reason('push'));
    case 'push':
      if (state.written !== null) return usual.onward(() => act({ type: 'goto', step: 'prove' }), wait);
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
      return usual.finish(() => act({ type: 'finish' }), reason('finish'));
  }
}
