import { useTranslation } from 'react-i18next';
import { DecimalField } from '../../ui/DecimalField.tsx';
import fold from '../common/fold.module.css';
import styles from '../common/form.module.css';
import type { PlanDraft, PlanField } from './plan.ts';

/** When a point counts as settled. The standing figures are good for most work, so they are folded away. */
export function StabilityForm(props: {
  draft: PlanDraft;
  unit: string;
  onChange: (draft: PlanDraft) => void;
  problem: PlanField | null;
}) {
  const { draft, unit, problem } = props;
  const { t } = useTranslation();
  const fields = [
    ['readings', ''],
    ['intervalMs', 'ms'],
    ['maxDrift', unit],
    ['maxSpread', unit],
    ['nearNominal', unit],
    ['timeoutSeconds', 's'],
  ] as const;
  const { stability } = draft;
  return (
    <details className={fold.fold} open={fields.some(([field]) => field === problem)}>
      <summary>
        {t('calibrate.stability', {
          readings: stability.readings,
          interval: stability.intervalMs,
          drift: stability.maxDrift,
          spread: stability.maxSpread,
          near: stability.nearNominal,
          unit,
        })}
      </summary>
      <div className={styles.grid}>
        {fields.map(([field, fieldUnit]) => (
          <DecimalField
            key={field}
            label={t(`calibrate.stabilityField.${field}`)}
            value={stability[field]}
            unit={fieldUnit}
            error={problem === field ? t(`calibrate.problem.${field}`) : null}
            onChange={(text) => props.onChange({ ...draft, stability: { ...stability, [field]: text } })}
            invalidText={t('form.decimal')}
          />
        ))}
      </div>
    </details>
  );
}
