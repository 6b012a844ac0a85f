import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { openWizard } from '../common/openWizard.ts';
import { Page } from '../common/Page.tsx';
import { go } from '../common/route.ts';
import { useCall } from '../common/useCall.ts';
import { JobDialog } from './JobDialog.tsx';
import { NewPorts } from './NewPorts.tsx';
import { UnitTable } from './UnitTable.tsx';

/** The job: units down, stations across, one obvious next thing. */
export function JobPage() {
  const { t } = useTranslation();
  const host = useHost();
  const job = useDesk((desk) => desk.job);
  const bench = useDesk((desk) => desk.info?.bench ?? false);
  const { run, running, failure } = useCall();
  const [describing, setDescribing] = useState(false);
  if (job === null) return <Page title={t('app.loading')}>{null}</Page>;
  const unsigned = job.engineer === '';
  const facts = [job.customer, job.engineer].filter((text) => text !== '').join(' · ');
  return (
    <Page
      title={job.name === '' ? t('job.unnamed') : job.name}
      lead={facts === '' ? t('job.noFacts') : facts}
      actions={
        <Button onPress={() => setDescribing(true)}>{unsigned ? t('job.describe') : t('job.edit')}</Button>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      {job.units.length > 0 ? (
        <Card>
          <UnitTable units={job.units} />
        </Card>
      ) : (
        <EmptyState
          title={t('job.emptyTitle')}
          actions={
            <>
              <Button
                look="main"
                isDisabled={running}
                onPress={() => run(() => openWizard(host, 'provision', '', true))}
              >
                <Icon name="plus" />
                {t('job.addUnit')}
              </Button>
              {bench && <Button onPress={() => go('demo')}>{t('job.tryBench')}</Button>}
            </>
          }
        >
          <p>{t('job.emptyBody')}</p>
          {bench && <p>{t('job.emptyBench')}</p>}
        </EmptyState>
      )}
      <NewPorts units={job.units} />
      {describing && <JobDialog job={job} onClose={() => setDescribing(false)} />}
    </Page>
  );
}
