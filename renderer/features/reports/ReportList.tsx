import { useTranslation } from 'react-i18next';
import type { ReportFacts } from '../../../shared/contract/job.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Table } from '../../ui/Table.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { Hash } from '../common/Hash.tsx';
import { useHost } from '../common/host.ts';
import { shortId, showBytes, showTime } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { openReport } from './openReport.ts';
import styles from './ReportsPage.module.css';

/** Reports that were built, newest first. */
export function ReportList({ reports }: { reports: ReportFacts[] }) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const units = useDesk((desk) => desk.job?.units ?? null);
  const { run, running, failure } = useCall();
  if (reports.length === 0) return null;
  const tagOf = (id: string) => units?.find((unit) => unit.hardwareId === id)?.settings?.tag ?? shortId(id);
  const sorted = reports.toSorted((a, b) => b.at - a.at);
  return (
    <Card title={t('reports.built')}>
      {failure !== null && <FailureNotice failure={failure} />}
      <Table<ReportFacts>
        caption={t('reports.list')}
        hideCaption
        rows={sorted}
        rowKey={(report) => report.id}
        columns={[
          {
            id: 'unit',
            title: t('job.unit'),
            head: true,
            cell: (report) => <span className={styles.tag}>{tagOf(report.unit)}</span>,
          },
          { id: 'at', title: t('reports.at'), cell: (report) => showTime(report.at, i18n.language) },
          {
            id: 'size',
            title: t('provision.size'),
            figure: true,
            cell: (report) => showBytes(report.pdf.size, i18n.language),
          },
          { id: 'hash', title: 'SHA-256 (PDF)', cell: (report) => <Hash value={report.pdf.sha256} /> },
          {
            id: 'open',
            title: t('reports.open'),
            figure: true,
            cell: (report) => (
              <span className={styles.actions}>
                <Button
                  isDisabled={running}
                  look={report === sorted[0] ? 'main' : 'plain'}
                  onPress={() => run(() => openReport(host, report.id, 'pdf'))}
                >
                  {t('reports.openPdf')}
                </Button>
                <Button isDisabled={running} onPress={() => run(() => openReport(host, report.id, 'json'))}>
                  {t('reports.saveJson')}
                </Button>
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
