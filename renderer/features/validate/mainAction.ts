import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { isSelfTested, validateWizard } from '../../../shared/wizard/validate.ts';
import { useBlocked } from '../common/useBlocked.ts';
import { useUsualActions } from '../common/useUsualActions.ts';
import type { WizardHandle } from '../common/useWizard.ts';
import type { MainAction } from '../common/WizardFrame.tsx';
import type { Lab } from '../lab/useLab.ts';
import type { Replay } from '../lab/useReplay.ts';
import type { ProofSetup } from './ProveStep.tsx';
import type { Writing } from './writing/useWriting.ts';

export function useMainAction(
  { act, sending }: WizardHandle<'validate'>,
  state: ValidateState,
  writing: Writing,
  { lab, replay }: { lab: Lab; replay: Replay },
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
      if (writing.main !== null) return writing.main;
      const { rules, basedOn } = writing;
      const sent = [state.rules, state.basedOn];
      const same = state.compiled !== null && JSON.stringify([rules, basedOn]) === JSON.stringify(sent);
      const onward = () => {
        if (same) act({ type: 'goto', step: 'try' });
        else if (rules !== null) act({ type: 'rules', rules, ...(basedOn === null ? {} : { basedOn }) });
      };
      return usual.onward(onward, reason('rules') ?? writing.blocked);
    }
    case 'try': {
      const draft = !lab.changed
        ? null
        : replay.mistakes.length > 0
          ? t('lab.draftWrong')
          : t('lab.keepFirst');
      return usual.onward(() => act({ type: 'goto', step: 'push' }), draft ?? reason('push'));
    }
    case 'push':
      if (state.written !== null && isSelfTested(state))
        return usual.onward(() => act({ type: 'goto', step: 'prove' }), wait);
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
