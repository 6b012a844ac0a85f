import { useTranslation } from 'react-i18next';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from '../common/form.module.css';
import { hasFactor, type PlanPartProps } from './plan.ts';

const rules = ['simple', 'guard-band', 'iso-14253-1', 'non-binary', 'dobbert'] as const;
const probabilities = ['0.95', '0.9545', '0.99', '0.9973'] as const;

/** How a result is judged: the rule in words with what it risks, agreed before measuring. */
export function DecisionForm({ draft, problem, onChange }: PlanPartProps) {
  const { t } = useTranslation();
  const { rule, r } = draft.decision;
  const percent = (probability: string) => `${Number((Number(probability) * 100).toFixed(4))} %`;
  const known = probabilities.some((one) => one === draft.probability);
  const choices = known ? probabilities : [draft.probability, ...probabilities];
  const isOpen = problem === 'decision' || problem === 'leastTur' || problem === 'probability';
  const title = t('plan.decisionTitle', {
    rule: t(`plan.rule.${rule}`),
    probability: percent(draft.probability),
  });
  return (
    <Fold title={title} isOpen={isOpen}>
      <div className={styles.grid}>
        <Select
          label={t('plan.ruleLabel')}
          choices={rules.map((id) => ({ id, label: t(`plan.rule.${id}`), detail: t(`plan.risk.${id}`) }))}
          value={rule}
          onChange={(chosen) => onChange({ ...draft, decision: { rule: chosen, r } })}
        />
        {hasFactor(rule) && (
          <DecimalField
            label={t('plan.factor')}
            hint={t('plan.factorHint')}
            value={r}
            error={problem === 'decision' ? t('plan.problem.decision') : null}
            onChange={(factor) => onChange({ ...draft, decision: { rule, r: factor } })}
            invalidText={t('form.decimal')}
          />
        )}
        <Select
          label={t('plan.probability')}
          hint={t('plan.probabilityHint')}
          choices={choices.map((id) => ({ id, label: percent(id) }))}
          value={draft.probability}
          onChange={(probability) => onChange({ ...draft, probability })}
        />
        <DecimalField
          label={t('plan.leastTur')}
          hint={t('plan.leastTurHint')}
          value={draft.leastTur}
          unit=": 1"
          error={problem === 'leastTur' ? t('plan.problem.leastTur') : null}
          onChange={(leastTur) => onChange({ ...draft, leastTur })}
          invalidText={t('form.decimal')}
        />
        <p className={styles.wide}>{t(`plan.risk.${rule}`)}</p>
      </div>
    </Fold>
  );
}
