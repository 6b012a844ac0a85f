import { useTranslation } from 'react-i18next';
import type { Difference, ValidateState } from '../../../shared/contract/validate.ts';
import { coverageNow } from '../../../shared/wizard/validate.ts';
import { Banner } from '../../ui/Banner.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { Table } from '../../ui/Table.tsx';
import { CoverageTable } from '../lab/CoverageTable.tsx';
import { RuleMarks } from './RuleMarks.tsx';

export function ResultStep({ state }: { state: ValidateState }) {
  const { t } = useTranslation();
  const { comparison, verdict } = state;
  if (verdict === null) return null;
  const pass = verdict === 'pass';
  const covered = coverageNow(state).every(({ accepted }) => accepted);
  return (
    <>
      <Banner status={pass ? 'good' : 'bad'} title={pass ? t('validate.pass') : t('validate.fail')}>
        {pass ? t('validate.passBody') : t('validate.failBody')}
      </Banner>
      <RuleMarks state={state} />
      <h2>{t('lab.coverageCaption')}</h2>
      {!covered && <Banner status="caution" title={t('validate.notAccepted')} />}
      <CoverageTable state={state} />
      {comparison !== null && (
        <KeyValue
          rows={[
            [t('validate.frames'), String(comparison.frames)],
            [t('validate.decisions'), String(comparison.decisions)],
            [t('validate.lostFrames'), String(comparison.lostFrames)],
            [t('validate.differences'), String(comparison.differences.length)],
          ]}
        />
      )}
      {comparison !== null && comparison.differences.length > 0 && (
        <Table<Difference>
          caption={t('validate.differences')}
          rows={comparison.differences}
          rowKey={(difference) => String(difference.seq)}
          columns={[
            {
              id: 'seq',
              title: t('validate.frame'),
              figure: true,
              head: true,
              cell: (difference) => difference.seq,
            },
            { id: 'unit', title: t('validate.unitDecided'), cell: (difference) => words(difference.unit) },
            { id: 'app', title: t('validate.appDecided'), cell: (difference) => words(difference.app) },
          ]}
        />
      )}
    </>
  );

  function words(events: Difference['unit']): string {
    if (events.length === 0) return '—';
    return events.map((event) => `${state.compiled?.ids[event.rule] ?? event.rule} ${event.kind}`).join(', ');
  }
}
