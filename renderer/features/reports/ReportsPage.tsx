import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateFacts } from '../../../shared/contract/certificate.ts';
import type { JobUnit, ReportFacts } from '../../../shared/contract/job.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { CertificateList } from '../certificates/CertificateList.tsx';
import { DossierCard } from '../certificates/DossierCard.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { Page } from '../common/Page.tsx';
import { go } from '../common/route.ts';
import { shortId } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { ReportList } from './ReportList.tsx';
import styles from './ReportsPage.module.css';

export function ReportsPage({ unit }: { unit: string | undefined }) {
  const { t } = useTranslation();
  const host = useHost();
  const job = useDesk((desk) => desk.job);
  const issued = useDesk((desk) => desk.certificates);
  const [reports, setReports] = useState<ReportFacts[]>([]);
  const { run, running, failure } = useCall();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record's length says that there may be a new report.
  useEffect(() => {
    run(async () => setReports(await host.call('report.list', {})));
  }, [host, run, job?.events]);
  const units = (job?.units ?? []).filter((row) => unit === undefined || row.hardwareId === unit);
  const ids = new Set(units.map((row) => row.hardwareId));
  const build = (row: JobUnit) =>
    run(async () => {
      await host.call('report.build', { unit: row.hardwareId });
      setReports(await host.call('report.list', {}));
    });
  return (
    <Page
      title={t('reports.title')}
      lead={t('reports.lead')}
      actions={unit !== undefined && <Button onPress={() => go('reports')}>{t('reports.all')}</Button>}
    >
      {failure !== null && <FailureNotice failure={failure} />}
      {units.length > 0 && <Certificates certificates={issued.filter((row) => ids.has(row.unit))} />}
      {units.length === 0 ? (
        <EmptyState
          title={t('reports.emptyTitle')}
          actions={<Button onPress={() => go('job')}>{t('wizard.toJob')}</Button>}
        >
          <p>{t('reports.emptyBody')}</p>
        </EmptyState>
      ) : (
        <Card title={t('reports.build')}>
          <ul className={styles.units}>
            {units.map((row) => (
              <BuildRow
                key={row.hardwareId}
                unit={row}
                isAlone={units.length === 1}
                isDisabled={running}
                onBuild={() => build(row)}
              />
            ))}
          </ul>
        </Card>
      )}
      <ReportList reports={reports.filter((report) => unit === undefined || ids.has(report.unit))} />
      {unit === undefined && units.length > 0 && <DossierCard />}
    </Page>
  );
}

function Certificates({ certificates }: { certificates: CertificateFacts[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t('certificate.list')}>
      {certificates.length === 0 ? (
        <p>{t('certificate.none')}</p>
      ) : (
        <CertificateList certificates={certificates} namesUnit />
      )}
    </Card>
  );
}

interface BuildRowProps {
  unit: JobUnit;
  /** With one unit on the page, the button needs no name of the unit. */
  isAlone: boolean;
  isDisabled: boolean;
  onBuild: () => void;
}

function BuildRow({ unit, isAlone, isDisabled, onBuild }: BuildRowProps) {
  const { t } = useTranslation();
  const missing = missingOf(unit);
  const name = unit.settings?.tag ?? shortId(unit.hardwareId);
  const what = missing.map((stage) => t(`reports.stage.${stage}`)).join(', ');
  return (
    <li className={styles.unit}>
      <strong className={styles.name}>{name}</strong>
      <StatusMark
        status={missing.length === 0 ? 'good' : 'open'}
        word={missing.length === 0 ? t('reports.ready') : t('reports.missing', { what })}
      />
      <Button
        look={missing.length === 0 && unit.report === null ? 'main' : 'plain'}
        isDisabled={isDisabled || unit.provisioned === 'none'}
        onPress={onBuild}
        {...(isAlone ? {} : { 'aria-label': `${t('reports.buildOne')} ${name}` })}
      >
        {t('reports.buildOne')}
      </Button>
    </li>
  );
}

/** A report can be built at any time; it then says what is missing, and so do we. */
function missingOf(unit: JobUnit): ('provision' | 'calibrate' | 'validate')[] {
  const stages = [
    ['provision', unit.provisioned],
    ['calibrate', unit.calibrated],
    ['validate', unit.validated],
  ] as const;
  return stages.flatMap(([stage, status]) => (status === 'done' ? [] : [stage]));
}
