import { useTranslation } from 'react-i18next';
import type { FailureRecord } from '../../../shared/contract/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { Page } from './Page.tsx';
import { go } from './route.ts';

/** Until the host has answered; and where it answered with a failure, that. */
export function Waiting({ failure }: { failure: FailureRecord | null }) {
  const { t } = useTranslation();
  return (
    <Page title={failure === null ? t('app.loading') : t('app.notHere')}>
      {failure === null ? (
        <StatusMark status="busy" word={t('app.loading')} />
      ) : (
        <FailureNotice
          failure={failure}
          action={<Button onPress={() => go('job')}>{t('wizard.toJob')}</Button>}
        />
      )}
    </Page>
  );
}
