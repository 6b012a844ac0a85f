import { useTranslation } from 'react-i18next';
import type { BatchEntry } from '../../../shared/contract/calibration-methods.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { type Status, StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { Page } from '../common/Page.tsx';
import { linkTo } from '../common/route.ts';
import { shortId } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { BatchSetup } from './BatchSetup.tsx';

/** Several units in one bath: one plan, one reference, each with a calibration of its own. */
export function BatchPage() {
  const { t } = useTranslation();
  const host = useHost();
  const call = useCall();
  const batch = useDesk((desk) => desk.batch);
  const stop = () => call.run(async () => useDesk.setState({ batch: await host.call('batch.stop', {}) }));
  return (
    <Page
      title={t('batch.title')}
      lead={t('batch.lead')}
      actions={
        batch?.running === true && (
          <Button look="stop" onPress={stop}>
            {t('batch.stop')}
          </Button>
        )
      }
    >
      {call.failure !== null && <FailureNotice failure={call.failure} />}
      {batch !== null && <Progress entries={batch.entries} />}
      {batch?.running !== true && <BatchSetup call={call} />}
    </Page>
  );
}

const marks: Partial<Record<BatchEntry['stage'], Status>> = { waiting: 'none', done: 'good', failed: 'bad' };

/** Units down: where each is, how many readings of the run it has, and how it ended. */
function Progress({ entries }: { entries: readonly BatchEntry[] }) {
  const { t } = useTranslation();
  const units = useDesk((desk) => desk.job?.units ?? null);
  const nameOf = (id: string) => units?.find((unit) => unit.hardwareId === id)?.settings?.tag ?? shortId(id);
  const ended = entries.filter(({ stage }) => stage === 'done' || stage === 'failed').length;
  return (
    <Card title={t('batch.table')}>
      <p role="status">{t('batch.running', { ended, count: entries.length })}</p>
      <Table
        caption={t('batch.table')}
        hideCaption
        rows={entries}
        rowKey={({ unit }) => unit}
        columns={[
          {
            id: 'unit',
            title: t('job.unit'),
            head: true,
            cell: ({ unit, wizard }) =>
              wizard === null ? (
                nameOf(unit)
              ) : (
                <a href={linkTo('calibrate', wizard)} aria-label={`${t('batch.open')} ${nameOf(unit)}`}>
                  {nameOf(unit)}
                </a>
              ),
          },
          {
            id: 'stage',
            title: t('batch.stageTitle'),
            cell: ({ stage }) => (
              <StatusMark status={marks[stage] ?? 'busy'} word={t(`batch.stage.${stage}`)} />
            ),
          },
          {
            id: 'readings',
            title: t('batch.readings'),
            figure: true,
            cell: ({ done, of }) => (of === 0 ? '—' : `${done} / ${of}`),
          },
          {
            id: 'verdict',
            title: t('batch.verdict'),
            cell: ({ verdict }) =>
              verdict === null ? (
                '—'
              ) : (
                <StatusMark
                  status={verdict === 'pass' ? 'good' : 'bad'}
                  word={verdict === 'pass' ? t('calibrate.pass') : t('calibrate.fail')}
                />
              ),
          },
          { id: 'failure', title: t('batch.failure'), cell: ({ failure }) => failure ?? '—' },
        ]}
      />
    </Card>
  );
}
