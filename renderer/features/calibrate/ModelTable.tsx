import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ModelComparison } from '../../../shared/contract/evaluation.ts';
import { fromDecimal, toSignificant } from '../../../shared/metrology/metrology.ts';
import { decimalPlaces, roundDecimal } from '../../../shared/units/units.ts';
import { showDecimal } from '../../ui/decimal.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import styles from '../common/form.module.css';
import { comparedModels } from './models.ts';

/** Which model the readings speak for: residuals and lack of fit, and what the unit can hold. */
export function ModelTable({ state, unit }: { state: CalibrateState; unit: string }) {
  const { t, i18n } = useTranslation();
  const { fit, plan, asFound } = state;
  const models = useMemo(() => comparedModels({ fit, plan, asFound }), [fit, plan, asFound]);
  if (models.length === 0) return <p className={styles.note}>{t('evaluation.tooFew')}</p>;
  // Two digits of the least of them, so that all can be compared down the column.
  const places = Math.max(
    ...models.map((model) => decimalPlaces(toSignificant(fromDecimal(model.residualStandardDeviation), 2))),
  );
  const rounded = (text: string) => showDecimal(roundDecimal(text, places, 'up'), i18n.language);
  const written = state.written !== null || state.writing;
  const mark = (model: ModelComparison) => {
    if (model.chosen) {
      return <StatusMark status="good" word={written ? t('evaluation.chosen') : t('evaluation.willBe')} />;
    }
    return model.adjustable ? t('evaluation.holdsYes') : t('evaluation.holdsNo');
  };
  return (
    <>
      <Table
        caption={`${written ? t('evaluation.models') : t('evaluation.modelsBefore')} (${unit})`}
        dense
        rows={models}
        rowKey={({ model }) => model}
        columns={[
          {
            id: 'model',
            title: t('evaluation.modelTitle'),
            head: true,
            cell: ({ model }) => t(`evaluation.model.${model}`),
          },
          {
            id: 's',
            title: t('evaluation.residual'),
            figure: true,
            cell: (model) => rounded(model.residualStandardDeviation),
          },
          {
            id: 'largest',
            title: t('evaluation.largest'),
            figure: true,
            cell: (model) => rounded(model.largestResidual),
          },
          {
            id: 'freedom',
            title: t('evaluation.freedom'),
            figure: true,
            cell: (model) => String(model.degreesOfFreedom),
          },
          {
            id: 'lack',
            title: t('evaluation.lackOfFit'),
            figure: true,
            cell: ({ lackOfFit }) =>
              lackOfFit === null ? '—' : showDecimal(chance(lackOfFit.p), i18n.language),
          },
          { id: 'holds', title: t('evaluation.holds'), cell: mark },
        ]}
      />
      <p className={styles.note}>{t('evaluation.lackHint')}</p>
    </>
  );
}

/** Three places; a chance that is smaller than they can show is no zero. */
const chance = (p: string): string => (Number(p) < 0.001 ? '< 0.001' : roundDecimal(p, 3));
