import { useTranslation } from 'react-i18next';
import type { JobUnit, StageStatus } from '../../../shared/contract/job.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { type Status, StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { openWizard } from '../common/openWizard.ts';
import { go, linkTo } from '../common/route.ts';
import { shortId } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import styles from './UnitTable.module.css';

const marks: Record<StageStatus, Status> = {
  none: 'none',
  open: 'open',
  done: 'good',
  failed: 'bad',
  unverified: 'caution',
};

export function UnitTable({ units }: { units: JobUnit[] }) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const nameOf = (unit: JobUnit) => unit.settings?.tag ?? shortId(unit.hardwareId);
  const firstOpen =
    units.find((unit) => unit.next !== 'none' && unit.present) ?? units.find((unit) => unit.next !== 'none');
  const open = (unit: JobUnit, next: JobUnit['next']) => {
    if (next === 'none') return;
    if (next === 'report') return go('reports', unit.hardwareId);
    run(() => openWizard(host, next, unit.hardwareId));
  };
  const stage = (unit: JobUnit, status: StageStatus, kind: 'provision' | 'calibrate' | 'validate') => {
    const word = t(`stage.${kind}.${status}`);
    const wizard = unit.wizards[kind];
    if (wizard === null) return <StatusMark status={marks[status]} word={word} />;
    return (
      <a className={styles.stage} href={linkTo(kind, wizard)} aria-label={`${nameOf(unit)}: ${word}`}>
        <StatusMark status={marks[status]} word={word} />
      </a>
    );
  };
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      <Table<JobUnit>
        caption={t('job.units')}
        hideCaption
        dense
        holdsEnd
        rows={units}
        rowKey={(unit) => unit.hardwareId}
        columns={[
          {
            id: 'unit',
            title: t('job.unit'),
            head: true,
            cell: (unit) => (
              <span className={styles.unit}>
                <span className={styles.tag}>{nameOf(unit)}</span>
                <span className={styles.quiet}>{unit.settings?.location ?? unit.identity.machine}</span>
                <code className={styles.quiet} title={unit.hardwareId}>
                  {shortId(unit.hardwareId)}
                </code>
              </span>
            ),
          },
          {
            id: 'found',
            title: t('job.found'),
            cell: (unit) => (
              <span className={styles.unit}>
                <StatusMark
                  status={unit.present ? 'good' : 'none'}
                  word={unit.present ? t('job.present') : t('job.absent')}
                />
                <span className={styles.quiet}>{unit.port}</span>
              </span>
            ),
          },
          {
            id: 'provisioned',
            title: t('job.provisioned'),
            cell: (unit) => stage(unit, unit.provisioned, 'provision'),
          },
          {
            id: 'calibrated',
            title: t('job.calibrated'),
            cell: (unit) => stage(unit, unit.calibrated, 'calibrate'),
          },
          { id: 'rules', title: t('job.rules'), cell: (unit) => stage(unit, unit.validated, 'validate') },
          {
            id: 'report',
            title: t('job.report'),
            cell: (unit) => (
              <StatusMark
                status={unit.report === null ? 'none' : 'good'}
                word={unit.report === null ? t('job.noReport') : t('job.hasReport')}
              />
            ),
          },
          {
            id: 'next',
            title: t('job.next'),
            figure: true,
            cell: (unit) =>
              unit.next === 'none' ? (
                <Button look="quiet" onPress={() => go('reports', unit.hardwareId)}>
                  {t('job.seeReport')}
                </Button>
              ) : (
                <Button
                  look={unit === firstOpen ? 'main' : 'plain'}
                  isDisabled={running}
                  aria-label={`${t(`job.nextStep.${unit.next}`)} ${nameOf(unit)}`}
                  onPress={() => open(unit, unit.next)}
                >
                  {t(`job.nextStep.${unit.next}`)}
                  <Icon name="right" size={16} />
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}
