import { useTranslation } from 'react-i18next';
import type { BudgetLine, PointEvaluation } from '../../../shared/contract/evaluation.ts';
import { fromDecimal, toSignificant } from '../../../shared/metrology/metrology.ts';
import { decimalPlaces, roundDecimal } from '../../../shared/units/units.ts';
import { showDecimal } from '../../ui/decimal.ts';
import { Table } from '../../ui/Table.tsx';
import { useWords } from '../common/useWords.ts';

/** Where the uncertainty of a point comes from (JCGM 100): each source with what it contributes. */
export function BudgetTable({ point, unit }: { point: PointEvaluation; unit: string }) {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const show = (text: string) => showDecimal(text, i18n.language);
  const factor = (text: string, count: number) => show(toSignificant(fromDecimal(text), count));
  // Down to a hundredth of the last digit of U: what is less than that does not show in it.
  const amount = (text: string) => show(roundDecimal(text, decimalPlaces(point.expandedUncertainty) + 2));
  // Truncated, as it goes into the table of t (JCGM 100, G.6.4).
  const freedom = (text: string | null) =>
    text === null ? t('evaluation.infinite') : (text.split('.')[0] ?? text);
  const figure = (id: string, title: string, cell: (line: BudgetLine) => string) => ({
    id,
    title,
    figure: true,
    cell,
  });
  const nominal = show(point.nominal);
  return (
    <>
      <Table
        caption={t('evaluation.budgetOf', { nominal, unit })}
        dense
        rows={point.budget}
        rowKey={({ name }, index) => `${index} ${name}`}
        columns={[
          {
            id: 'name',
            title: t('evaluation.source'),
            head: true,
            cell: ({ name }) => words(`evaluation.sources.${name}`, {}) ?? name,
          },
          {
            id: 'distribution',
            title: t('evaluation.distribution'),
            cell: ({ distribution }) => t(`plan.distribution.${distribution}`),
          },
          figure('amount', `${t('evaluation.amount')} (${unit})`, (line) => amount(line.amount)),
          figure('divisor', t('evaluation.divisor'), ({ divisor }) => factor(divisor, 4)),
          figure('u', `${t('evaluation.standardUncertainty')} (${unit})`, (line) =>
            amount(line.standardUncertainty),
          ),
          figure('freedom', t('evaluation.freedom'), (line) => freedom(line.degreesOfFreedom)),
          figure('c', t('evaluation.sensitivity'), ({ sensitivity }) => factor(sensitivity, 3)),
          figure('cu', `${t('evaluation.contribution')} (${unit})`, ({ contribution }) =>
            amount(contribution),
          ),
          figure('share', t('evaluation.share'), ({ share }) => `${show(roundDecimal(share, 1))} %`),
        ]}
      />
      <p>
        {t('evaluation.combined', {
          u: amount(point.standardUncertainty),
          freedom: freedom(point.effectiveDegreesOfFreedom),
          k: show(roundDecimal(point.coverageFactor, 2)),
          expanded: show(point.expandedUncertainty),
          unit,
        })}
      </p>
    </>
  );
}
