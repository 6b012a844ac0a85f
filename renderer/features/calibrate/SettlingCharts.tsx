import { useTranslation } from 'react-i18next';
import type { CalibrationPlan } from '../../../shared/contract/calibrate.ts';
import { Chart } from '../../live/Chart.tsx';
import { showDecimal } from '../../ui/decimal.ts';
import { useChartWords } from '../common/useChartWords.ts';
import { settlingColumns, settlingRecord } from './settling.ts';

/** Unit and reference over time with the band around the nominal, and their difference with the tolerance. */
export function SettlingCharts(props: {
  wizard: string;
  nominal: string;
  plan: CalibrationPlan;
  unit: string;
}) {
  const { t, i18n } = useTranslation();
  const words = useChartWords();
  const { nominal, plan, unit } = props;
  const show = (text: string) => showDecimal(text, i18n.language);
  const centre = Number(nominal);
  const near = Number(plan.stability.nearNominal);
  const tolerance = Number(plan.tolerance);
  const common = {
    ring: settlingRecord.ring(props.wizard),
    unit,
    language: i18n.language,
    windowSeconds: 60,
    places: 3,
    words,
  };
  return (
    <>
      <Chart
        {...common}
        label={t('calibrate.chartValues')}
        valueTitle={`${t('calibrate.value')} (${unit})`}
        series={[
          { column: settlingColumns.reference, label: t('calibrate.referenceShort') },
          { column: settlingColumns.unit, label: t('calibrate.unitShort') },
        ]}
        bands={[
          {
            from: centre - near,
            to: centre + near,
            label: t('calibrate.nearBand', { nominal: show(nominal), unit }),
            tone: 'good',
          },
        ]}
        include={[centre]}
        leastSpan={4 * near}
        height={220}
        legend={false}
      />
      <Chart
        {...common}
        label={t('calibrate.chartDifference')}
        valueTitle={`${t('calibrate.difference')} (${unit})`}
        series={[{ column: settlingColumns.difference, label: t('calibrate.difference') }]}
        bands={[
          {
            from: -tolerance,
            to: tolerance,
            label: t('calibrate.toleranceBand', { tolerance: show(plan.tolerance), unit }),
            tone: 'good',
          },
        ]}
        include={[-tolerance, tolerance]}
        leastSpan={3 * tolerance}
        height={170}
        signed
      />
    </>
  );
}
