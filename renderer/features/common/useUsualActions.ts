import { useTranslation } from 'react-i18next';
import { go } from './route.ts';
import type { MainAction } from './WizardFrame.tsx';

/** The main actions that every wizard has; `blocked` is why it cannot be done now, in words. */
export function useUsualActions() {
  const { t } = useTranslation();
  const act = (label: string, onPress: () => void, blocked: string | null): MainAction => ({
    label,
    onPress,
    blocked,
  });
  return {
    stop: (stop: () => void): MainAction => ({ ...act(t('wizard.stop'), stop, null), look: 'stop' }),
    toJob: act(t('wizard.toJob'), () => go('job'), null),
    onward: (onward: () => void, blocked: string | null) => act(t('wizard.continue'), onward, blocked),
    finish: (finish: () => void, blocked: string | null) => {
      const leave = () => {
        finish();
        go('job');
      };
      return act(t('wizard.finish'), leave, blocked);
    },
  };
}
