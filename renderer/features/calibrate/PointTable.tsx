import { useTranslation } from 'react-i18next';
import type { CalibrationPlan, PointResult } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { decimalPlaces, roundDecimal } from '../../../shared/units/units.ts';
import { showDecimal, showSigned } from '../../ui/decimal.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { unitSymbol } from '../common/show.ts';

/** The points of a run as they will be in the report. */
export function PointTable(props: {
  caption: string;
  results: PointResult[];
  channel: ProfileChannel | undefined;
  plan: CalibrationPlan;
}) {
  const { results, channel } = props;
  const { t, i18n } = useTranslation();
  const unit = unitSymbol(channel?.unit ?? '');
  const places = decimalPlaces(channel?.quantum ?? '0.001');
  const show = (text: string) => showDecimal(roundDecimal(text, places), i18n.language);
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
          cell: (point) => showSigned(roundDecimal(point.error, places, 'up'), i18n.language),
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
