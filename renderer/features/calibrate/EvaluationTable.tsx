import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointEvaluation, RunEvaluation } from '../../../shared/contract/evaluation.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { decimalPlaces, roundDecimal } from '../../../shared/units/units.ts';
import { Button } from '../../ui/Button.tsx';
import { showDecimal, showSigned } from '../../ui/decimal.ts';
import { type Column, Table } from '../../ui/Table.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { BudgetTable } from './BudgetTable.tsx';
import { VerdictMark } from './VerdictMark.tsx';

interface EvaluationProps {
  caption: string;
  evaluation: RunEvaluation;
  channel: ProfileChannel | undefined;
}

/** A run as the certificate has it: error, U and k, acceptance limits and verdict; each budget can be opened. */
export function EvaluationTable({ caption, evaluation, channel }: EvaluationProps) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const unit = unitSymbol(channel?.unit ?? '');
  const columns = useColumns(evaluation, channel, (point) => (
    <Button
      look="quiet"
      aria-expanded={point.nominal === open}
      aria-label={t('evaluation.uncertaintyOf', {
        nominal: point.nominal,
        u: point.expandedUncertainty,
        unit,
      })}
      onPress={() => setOpen(point.nominal === open ? null : point.nominal)}
    >
      {showDecimal(point.expandedUncertainty, i18n.language)}
    </Button>
  ));
  const opened = evaluation.points.find(({ nominal }) => nominal === open);
  return (
    <>
      <Table
        caption={`${caption} (${unit})`}
        dense
        rows={evaluation.points}
        rowKey={({ nominal }) => nominal}
        columns={columns}
      />
      {opened === undefined && <p className={styles.note}>{t('evaluation.budgetHint')}</p>}
      {opened !== undefined && <BudgetTable point={opened} unit={unit} />}
    </>
  );
}

function useColumns(
  { points }: RunEvaluation,
  channel: ProfileChannel | undefined,
  uncertainty: (point: PointEvaluation) => ReactNode,
): Column<PointEvaluation>[] {
  const { t, i18n } = useTranslation();
  const places = decimalPlaces(channel?.quantum ?? '0.001');
  const show = (text: string) => showDecimal(text, i18n.language);
  const figure = (id: string, title: string, cell: (point: PointEvaluation) => ReactNode) => ({
    id,
    title,
    figure: true,
    cell,
  });
  const reading = (text: string) => show(roundDecimal(text, places));
  const limits = limitPlaces(points, places);
  const limit = (text: string) => showSigned(roundDecimal(text, limits), i18n.language);
  const hysteresis = points.some((point) => point.hysteresis !== null);
  // What is judged stands first: on a narrow screen the rest is scrolled to.
  return [
    { ...figure('nominal', t('calibrate.nominal'), ({ nominal }) => show(nominal)), head: true },
    figure('error', t('calibrate.error'), ({ errorRounded }) => showSigned(errorRounded, i18n.language)),
    figure('u', t('evaluation.uncertainty'), uncertainty),
    {
      id: 'verdict',
      title: t('evaluation.verdictTitle'),
      cell: ({ verdict }) => <VerdictMark verdict={verdict} />,
    },
    figure('limits', t('evaluation.acceptance'), ({ acceptance }) =>
      acceptance === null
        ? t('evaluation.noAcceptance')
        : `${limit(acceptance.lower)} … ${limit(acceptance.upper)}`,
    ),
    figure('k', t('evaluation.factor'), ({ coverageFactor }) => show(roundDecimal(coverageFactor, 2))),
    figure('reference', t('calibrate.referenceShort'), ({ reference }) => reading(reference)),
    figure('unit', t('calibrate.unitShort'), ({ unit }) => reading(unit)),
    ...(hysteresis
      ? [
          figure('h', t('evaluation.hysteresis'), (point) =>
            point.hysteresis === null ? '—' : reading(point.hysteresis),
          ),
        ]
      : []),
  ];
}

/** All limits alike; no more places than the channel has, and one for what lies between its steps. */
const limitPlaces = (points: readonly PointEvaluation[], places: number): number =>
  Math.min(
    Math.max(
      ...points.flatMap(({ acceptance }) =>
        acceptance === null ? [0] : [decimalPlaces(acceptance.lower), decimalPlaces(acceptance.upper)],
      ),
    ),
    places + 1,
  );
