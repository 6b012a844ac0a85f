import { useTranslation } from 'react-i18next';
import type { FailureRecord } from '../../../shared/contract/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { useHost } from './host.ts';
import { addUnit } from './openWizard.ts';
import { useCall } from './useCall.ts';
import type { MainAction } from './WizardFrame.tsx';

/** The button of a failure card that does what comes next: mostly the same thing once more. */
export function NextButton({ failure, main }: { failure: FailureRecord; main: MainAction }) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running } = useCall();
  const { port } = failure.params;
  return (
    <>
      {main.look !== 'stop' && (
        <Button isDisabled={main.blocked !== null} onPress={main.onPress}>
          {t('app.tryAgain')}
        </Button>
      )}
      {failure.code === 'AGENT_NOT_RUNNING' && typeof port === 'string' && (
        <Button isDisabled={running} onPress={() => run(() => addUnit(host, port))}>
          {t('wizard.provisionFirst')}
        </Button>
      )}
    </>
  );
}
