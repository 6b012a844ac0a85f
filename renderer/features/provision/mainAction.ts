import { useTranslation } from 'react-i18next';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import type { ProvisionState, UnitSettings } from '../../../shared/contract/provision.ts';
import { isProven, provisionWizard } from '../../../shared/wizard/provision.ts';
import { useBlocked } from '../common/useBlocked.ts';
import { useUsualActions } from '../common/useUsualActions.ts';
import type { WizardHandle } from '../common/useWizard.ts';
import type { MainAction } from '../common/WizardFrame.tsx';
import { settingsProblem } from './settings.ts';

/** The one thing to do next. */
export function useMainAction(
  { act, sending }: WizardHandle<'provision'>,
  state: ProvisionState,
  port: PortInfo | null,
  settings: UnitSettings,
): MainAction {
  const { t } = useTranslation();
  const words = useBlocked();
  const usual = useUsualActions();
  const wait = sending ? t('blocked.busy') : null;
  const reason = (intent: 'describe' | 'push' | 'finish' | 'identify') =>
    wait ?? words(provisionWizard.blocked(state, intent));
  if (state.task !== null) return usual.stop(() => act({ type: 'stop' }));
  if (state.done) return usual.toJob;
  switch (state.step) {
    case 'choose':
      return {
        label: t('provision.identify'),
        blocked: reason('identify') ?? (port === null ? t('provision.choosePortFirst') : null),
        onPress: () => port !== null && act({ type: 'identify', port }),
      };
    case 'describe': {
      const problem = settingsProblem(settings);
      const wrong = problem === null ? null : t(`provision.problem.${problem}`);
      return usual.onward(() => act({ type: 'describe', settings }), reason('describe') ?? wrong);
    }
    case 'push':
      return {
        label: t('provision.push'),
        blocked: reason('push'),
        onPress: () => act({ type: 'push' }),
      };
    case 'proof':
      if (state.failure !== null || (state.proof !== null && !isProven(state))) {
        return {
          label: t('provision.pushAgain'),
          blocked: reason('push'),
          onPress: () => act({ type: 'push' }),
        };
      }
      return usual.finish(() => act({ type: 'finish' }), reason('finish'));
  }
}
