import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { openFile } from '../common/openFile.ts';
import { Page } from '../common/Page.tsx';
import { go } from '../common/route.ts';
import { type Call, useCall } from '../common/useCall.ts';
import { QueueSetup } from './QueueSetup.tsx';
import { QueueTable } from './QueueTable.tsx';

/** One recipe for every unit that is plugged in: several at once, one that fails stops only itself. */
export function ManyPage() {
  const { t } = useTranslation();
  const host = useHost();
  const call = useCall();
  const queue = useDesk((desk) => desk.queue);
  const stop = () => call.run(async () => useDesk.setState({ queue: await host.call('queue.stop', {}) }));
  return (
    <Page
      title={t('many.title')}
      lead={t('many.lead')}
      actions={
        queue?.running === true ? (
          <Button look="stop" onPress={stop}>
            {t('many.stop')}
          </Button>
        ) : (
          <Button onPress={() => go('batch')}>{t('batch.fromMany')}</Button>
        )
      }
    >
      {call.failure !== null && <FailureNotice failure={call.failure} />}
      {queue !== null && (
        <Card title={queue.recipe} aside={!queue.running && <Sheet call={call} />}>
          <QueueTable queue={queue} />
        </Card>
      )}
      {queue?.running !== true && <QueueSetup call={call} isFirst={queue === null} />}
    </Page>
  );
}

/** The result sheet: what became of each unit, one row each. */
function Sheet({ call }: { call: Call }) {
  const { t } = useTranslation();
  const host = useHost();
  const open = (format: 'csv' | 'pdf') =>
    call.run(async () => openFile(await host.call('queue.sheet', { format }), format));
  return (
    <div className={styles.row}>
      <Button isDisabled={call.running} onPress={() => open('pdf')}>
        {t('many.sheetPdf')}
      </Button>
      <Button isDisabled={call.running} onPress={() => open('csv')}>
        {t('many.sheetCsv')}
      </Button>
    </div>
  );
}
