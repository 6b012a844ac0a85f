import { useTranslation } from 'react-i18next';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { showDecimal } from '../../ui/decimal.ts';
import { Fold } from '../../ui/Fold.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import type { PlanPartProps } from './plan.ts';

/** When a point counts as settled. What is proposed is good for most work, so it is folded away. */
export function StabilityForm({ draft, channel, problem, onChange }: PlanPartProps) {
  const { t, i18n } = useTranslation();
  const unit = unitSymbol(channel?.unit ?? '');
  const show = (text: string) => showDecimal(text, i18n.language);
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
    <Fold
      title={t('calibrate.stability', {
        readings: stability.readings,
        interval: stability.intervalMs,
        drift: show(stability.maxDrift),
        spread: show(stability.maxSpread),
        near: show(stability.nearNominal),
        unit,
      })}
      isOpen={fields.some(([field]) => field === problem)}
    >
      <p className={styles.note}>
        {t('calibrate.stabilityHint', { quantum: show(channel?.quantum ?? ''), unit })}
      </p>
      <div className={styles.grid}>
        {fields.map(([field, fieldUnit]) => (
          <DecimalField
            key={field}
            label={t(`calibrate.stabilityField.${field}`)}
            value={stability[field]}
            unit={fieldUnit}
            error={problem === field ? t(`plan.problem.${field}`) : null}
            onChange={(text) => onChange({ ...draft, stability: { ...stability, [field]: text } })}
            invalidText={t('form.decimal')}
          />
        ))}
      </div>
    </Fold>
  );
}
