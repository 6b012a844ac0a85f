import { useTranslation } from 'react-i18next';
import type { CalibrateState, PointResult } from '../../../shared/contract/calibrate.ts';
import type { PointEvaluation } from '../../../shared/contract/evaluation.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { decimalPlaces, roundDecimal } from '../../../shared/units/units.ts';
import { showDecimal, showSigned } from '../../ui/decimal.ts';
import { EvidenceBlock } from '../../ui/EvidenceColumn.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { unitSymbol } from '../common/show.ts';
import { VerdictMark } from './VerdictMark.tsx';

interface RunProps {
  run: 'as-found' | 'as-left';
  state: CalibrateState;
  channel: ProfileChannel | undefined;
}

/** A run in a few columns: every reading as it comes, and once all are there, what they say of each point. */
export function RunEvidence({ run, state, channel }: RunProps) {
  const { t } = useTranslation();
  const results = run === 'as-found' ? state.asFound : state.asLeft;
  const evaluation = run === 'as-found' ? state.asFoundEvaluation : state.asLeftEvaluation;
  const title = t(`calibrate.step.${run}`);
  const unit = unitSymbol(channel?.unit ?? '');
  const common = { caption: `${t('evidence.title')}: ${title} (${unit})`, unit };
  if (results.length === 0) return null;
  return (
    <EvidenceBlock title={title}>
      {evaluation === null ? (
        <Readings {...common} results={results} places={decimalPlaces(channel?.quantum ?? '0.001')} />
      ) : (
        <Judged {...common} points={evaluation.points} />
      )}
    </EvidenceBlock>
  );
}

function Judged({ caption, points, unit }: { caption: string; points: PointEvaluation[]; unit: string }) {
  const { t, i18n } = useTranslation();
  const show = (text: string) => showDecimal(text, i18n.language);
  return (
    <Table
      caption={caption}
      hideCaption
      dense
      rows={points}
      rowKey={({ nominal }) => nominal}
      columns={[
        { id: 'n', title: t('calibrate.nominal'), figure: true, head: true, cell: (p) => show(p.nominal) },
        {
          id: 'e',
          title: `${t('calibrate.error')} (${unit})`,
          figure: true,
          cell: (point) => showSigned(point.errorRounded, i18n.language),
        },
        {
          id: 'u',
          title: `${t('evaluation.uncertainty')} (${unit})`,
          figure: true,
          cell: (point) => show(point.expandedUncertainty),
        },
        {
          id: 'v',
          title: t('evaluation.verdictTitle'),
          cell: ({ verdict }) => <VerdictMark verdict={verdict} />,
        },
      ]}
    />
  );
}

interface ReadingsProps {
  caption: string;
  results: PointResult[];
  unit: string;
  places: number;
}

function Readings({ caption, results, unit, places }: ReadingsProps) {
  const { t, i18n } = useTranslation();
  const withinWord = (point: PointResult) => {
    const word = point.withinTolerance ? t('calibrate.within') : t('calibrate.outside');
    return point.override === null ? word : t('calibrate.byOverride', { word });
  };
  return (
    <Table
      caption={caption}
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
  );
}
