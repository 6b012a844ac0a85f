import { useTranslation } from 'react-i18next';
import type { QueueEntry, QueueState } from '../../../shared/contract/queue.ts';
import { Button } from '../../ui/Button.tsx';
import { type Status, StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { go } from '../common/route.ts';
import { shortId } from '../common/show.ts';
import styles from './QueueTable.module.css';

const nameOf = ({ tag, unit, port }: QueueEntry): string =>
  tag ?? (unit === null ? port.port : shortId(unit));

/** Units down: how far each is, how it ended, and for each that failed the card that says what to do. */
export function QueueTable({ queue }: { queue: QueueState }) {
  const { t } = useTranslation();
  const failed = queue.entries.filter((entry) => entry.failure !== null);
  const ended = queue.entries.filter(({ stage }) => stage === 'done' || stage === 'failed').length;
  return (
    <>
      <p role="status">{t('many.progress', { ended, count: queue.entries.length, failed: failed.length })}</p>
      <Table
        caption={t('many.table')}
        hideCaption
        dense
        holdsEnd
        rows={queue.entries}
        rowKey={({ port }) => port.port}
        columns={[
          { id: 'unit', title: t('job.unit'), head: true, cell: (entry) => nameOf(entry) },
          { id: 'port', title: t('provision.portLabel'), cell: ({ port }) => <code>{port.port}</code> },
          { id: 'stage', title: t('many.stageTitle'), cell: (entry) => <Stage entry={entry} /> },
          { id: 'verdict', title: t('many.verdict'), cell: (entry) => <Verdict entry={entry} /> },
          { id: 'time', title: t('many.time'), figure: true, cell: (entry) => <Duration entry={entry} /> },
          {
            id: 'report',
            title: t('job.report'),
            cell: ({ report, unit }) =>
              report !== null &&
              unit !== null && (
                <Button look="quiet" onPress={() => go('reports', unit)}>
                  {t('reports.open')}
                </Button>
              ),
          },
        ]}
      />
      {failed.map((entry) => (
        <section key={entry.port.port} className={styles.failed}>
          <h3>{nameOf(entry)}</h3>
          {entry.failure !== null && <FailureNotice failure={entry.failure} />}
        </section>
      ))}
    </>
  );
}

function Stage({ entry }: { entry: QueueEntry }) {
  const { t } = useTranslation();
  const marks: Partial<Record<QueueEntry['stage'], Status>> = {
    waiting: 'none',
    done: 'good',
    failed: 'bad',
  };
  return <StatusMark status={marks[entry.stage] ?? 'busy'} word={t(`many.stage.${entry.stage}`)} />;
}

function Verdict({ entry }: { entry: QueueEntry }) {
  const { t } = useTranslation();
  if (entry.verdict === null) return '—';
  return (
    <StatusMark
      status={entry.verdict === 'pass' ? 'good' : 'bad'}
      word={entry.verdict === 'pass' ? t('many.pass') : t('many.fail')}
    />
  );
}

/** Seconds from start to end; nothing while it runs, so that no figure jumps. */
function Duration({ entry: { startedAt, endedAt } }: { entry: QueueEntry }) {
  return startedAt === null || endedAt === null ? '—' : `${Math.round((endedAt - startedAt) / 1000)} s`;
}
