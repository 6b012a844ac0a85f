import { useTranslation } from 'react-i18next';
import type { CalibrateState, PointResult } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { fromDecimal, toSignificant } from '../../../shared/metrology/metrology.ts';
import { decimalPlaces, type Rounding, roundDecimal } from '../../../shared/units/units.ts';
import { showDecimal, showSigned } from '../../ui/decimal.ts';
import { EvidenceBlock, EvidenceColumn } from '../../ui/EvidenceColumn.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { unitSymbol } from '../common/show.ts';
import { WrittenEvidence } from '../common/WrittenEvidence.tsx';

export function CalibrateEvidence({
  state,
  channel,
}: {
  state: CalibrateState;
  channel: ProfileChannel | undefined;
}) {
  const { t, i18n } = useTranslation();
  const { reference, plan, fit, written } = state;
  const symbol = unitSymbol(channel?.unit ?? '');
  const places = decimalPlaces(channel?.quantum ?? '0.001');
  const show = (text: string) => showDecimal(text, i18n.language);
  // As the report prints them: two significant digits (JCGM 100, 7.2.6), a limit never understated.
  const twoDigits = (text: string, mode: Rounding = 'half-even') =>
    show(toSignificant(fromDecimal(text), 2, mode));
  return (
    <EvidenceColumn
      title={t('evidence.title')}
      empty={t('calibrate.evidenceEmpty')}
      isEmpty={reference === null && plan === null}
    >
      {reference !== null && (
        <EvidenceBlock title={t('calibrate.reference')}>
          <KeyValue
            rows={[
              [t('calibrate.instrument'), `${reference.maker} ${reference.model}`],
              [t('calibrate.serial'), reference.serial],
              [t('calibrate.firmware'), reference.firmware],
              [t('calibrate.drives'), reference.source ? t('calibrate.yes') : t('calibrate.no')],
            ]}
          />
        </EvidenceBlock>
      )}
      {plan !== null && (
        <EvidenceBlock title={t('calibrate.step.plan')}>
          <KeyValue
            rows={[
              [t('calibrate.points'), `${plan.points.map(show).join('; ')} ${symbol}`],
              [t('calibrate.tolerance'), `± ${show(plan.tolerance)} ${symbol}`],
            ]}
          />
        </EvidenceBlock>
      )}
      <Run title={t('calibrate.step.as-found')} results={state.asFound} unit={symbol} places={places} />
      {fit !== null && (
        <EvidenceBlock title={t('calibrate.line')}>
          <KeyValue
            rows={[
              [
                t('calibrate.integers'),
                <code key="i">{`(raw × ${fit.mul} ${fit.add < 0 ? '−' : '+'} ${Math.abs(fit.add)}) / 2^${fit.shift}`}</code>,
              ],
              [t('calibrate.residual'), `${twoDigits(fit.residualStandardDeviation)} ${symbol}`],
              [t('calibrate.integerError'), `${twoDigits(fit.integerError, 'up')} ${symbol}`],
            ]}
          />
        </EvidenceBlock>
      )}
      {written !== null && <WrittenEvidence title={t('calibrate.writtenTitle')} written={written} />}
      <Run title={t('calibrate.step.as-left')} results={state.asLeft} unit={symbol} places={places} />
    </EvidenceColumn>
  );
}

interface RunProps {
  title: string;
  results: PointResult[];
  unit: string;
  places: number;
}

function Run({ title, results, unit, places }: RunProps) {
  const { t, i18n } = useTranslation();
  if (results.length === 0) return null;
  const withinWord = (point: PointResult) => {
    const word = point.withinTolerance ? t('calibrate.within') : t('calibrate.outside');
    return point.override === null ? word : t('calibrate.byOverride', { word });
  };
  return (
    <EvidenceBlock title={title}>
      <Table
        caption={`${t('evidence.title')}: ${title} (${unit})`}
        hideCaption
        dense
        rows={results}
        rowKey={(point, index) => `${index} ${point.nominal}`}
        columns={[
          {
            id: 'n',
            title: t('calibrate.nominal'),
            figure: true,
            head: true,
            cell: (point) => showDecimal(point.nominal, i18n.language),
          },
          {
            id: 'e',
            title: `${t('calibrate.error')} (${unit})`,
            figure: true,
            cell: (point) => showSigned(roundDecimal(point.error, places, 'up'), i18n.language),
          },
          {
            id: 'w',
            title: t('calibrate.withinTitle'),
            cell: (point) => (
              <StatusMark
                status={point.withinTolerance ? (point.override === null ? 'good' : 'caution') : 'bad'}
                word={withinWord(point)}
              />
            ),
          },
        ]}
      />
    </EvidenceBlock>
  );
}
