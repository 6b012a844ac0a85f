import { useTranslation } from 'react-i18next';
import type { JobUnit } from '../../../shared/contract/job.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { openWizard, replaceUnit } from '../common/openWizard.ts';
import { go } from '../common/route.ts';
import { useCall } from '../common/useCall.ts';
import { FoundMark, NextStep, StageLink, UnitName } from './unitCells.tsx';

/** The units down, the steps across, and for each the one thing to do next. */
export function UnitTable({ units }: { units: JobUnit[] }) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const columns = useStageColumns(running, (unit) => run(() => replaceUnit(host, unit.hardwareId)));
  const firstOpen =
    units.find((unit) => unit.next !== 'none' && unit.present) ?? units.find((unit) => unit.next !== 'none');
  const open = (unit: JobUnit) => {
    const { next } = unit;
    if (next === 'none' || next === 'report') return go('reports', unit.hardwareId);
    run(() => openWizard(host, next, unit.hardwareId));
  };
  const next: Column<JobUnit> = {
    id: 'next',
    title: t('job.next'),
    figure: true,
    cell: (unit) => (
      <NextStep unit={unit} isFirst={unit === firstOpen} isDisabled={running} onOpen={() => open(unit)} />
    ),
  };
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      <Table
        caption={t('job.units')}
        hideCaption
        dense
        holdsEnd
        rows={units}
        rowKey={(unit) => unit.hardwareId}
        columns={[...columns, next]}
      />
    </>
  );
}

function useStageColumns(isBusy: boolean, replace: (unit: JobUnit) => void): Column<JobUnit>[] {
  const { t } = useTranslation();
  return [
    { id: 'unit', title: t('job.unit'), head: true, cell: (unit) => <UnitName unit={unit} /> },
    {
      id: 'found',
      title: t('job.found'),
      cell: (unit) => <FoundMark unit={unit} isDisabled={isBusy} onReplace={() => replace(unit)} />,
    },
    {
      id: 'provisioned',
      title: t('job.provisioned'),
      cell: (unit) => <StageLink unit={unit} kind="provision" status={unit.provisioned} />,
    },
    {
      id: 'calibrated',
      title: t('job.calibrated'),
      cell: (unit) => <StageLink unit={unit} kind="calibrate" status={unit.calibrated} />,
    },
    {
      id: 'rules',
      title: t('job.rules'),
      cell: (unit) => <StageLink unit={unit} kind="validate" status={unit.validated} />,
    },
    {
      id: 'report',
      title: t('job.report'),
      cell: ({ report }) => (
        <StatusMark
          status={report === null ? 'none' : 'good'}
          word={report === null ? t('job.noReport') : t('job.hasReport')}
        />
      ),
    },
  ];
}
