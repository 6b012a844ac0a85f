import { useTranslation } from 'react-i18next';
import type { CalibrationPlan, PointResult } from '../../../shared/contract/calibrate.ts';
import { commonPlaces, showDecimal, showSigned, withPlaces } from '../../ui/decimal.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';

/** The points of a run as they will be in the report. */
export function PointTable(props: {
  caption: string;
  results: PointResult[];
  unit: string;
  plan: CalibrationPlan;
}) {
  const { results, unit } = props;
  const { t, i18n } = useTranslation();
  const places = commonPlaces(results.flatMap((point) => [point.meanReference, point.meanUnit, point.error]));
  const show = (text: string) => showDecimal(withPlaces(text, places), i18n.language);
  return (
    <Table
      caption={`${props.caption} (${unit})`}
      rows={results}
      rowKey={(point, index) => `${index} ${point.nominal}`}
      columns={[
        {
          id: 'nominal',
          title: t('calibrate.nominal'),
          figure: true,
          head: true,
          cell: (point) => showDecimal(point.nominal, i18n.language),
        },
        {
          id: 'reference',
          title: t('calibrate.referenceShort'),
          figure: true,
          cell: (point) => show(point.meanReference),
        },
        { id: 'unit', title: t('calibrate.unitShort'), figure: true, cell: (point) => show(point.meanUnit) },
        {
          id: 'error',
          title: t('calibrate.error'),
          figure: true,
          cell: (point) => showSigned(withPlaces(point.error, places), i18n.language),
        },
        {
          id: 'within',
          title: `± ${showDecimal(props.plan.tolerance, i18n.language)}`,
          cell: (point) => (
            <StatusMark
              status={point.withinTolerance ? 'good' : 'bad'}
              word={point.withinTolerance ? t('calibrate.within') : t('calibrate.outside')}
            />
          ),
        },
        {
          id: 'override',
          title: t('calibrate.taken'),
          cell: (point) =>
            point.override === null
              ? t('calibrate.takenStable')
              : t('calibrate.takenOverride', { reason: point.override }),
        },
      ]}
    />
  );
}
