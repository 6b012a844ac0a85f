import { useTranslation } from 'react-i18next';
import { stationsOf } from '../../../shared/wizard/stations.ts';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { type PlanPartProps, readDraft } from './plan.ts';

/** In which order and how often the points are measured, when a unit is adjusted, and what it is then given. */
export function SequenceForm({ draft, channel, problem, onChange }: PlanPartProps) {
  const { t } = useTranslation();
  const unit = unitSymbol(channel?.unit ?? '');
  const read = readDraft(draft);
  const count = 'plan' in read ? stationsOf(read.plan).length : 0;
  const title = t('plan.sequenceTitle', {
    count,
    order: t(`plan.sequence.${draft.sequence}`),
    when: t(`plan.adjust.${draft.adjust}`),
    model: t(`plan.model.${draft.model}`),
  });
  const mine = problem === 'cycles' || problem === 'asLeftLimit' || problem === 'method';
  const wrong = (field: 'cycles' | 'asLeftLimit' | 'method') =>
    problem === field ? t(`plan.problem.${field}`) : null;
  return (
    <Fold title={title} isOpen={mine}>
      <div className={styles.grid}>
        <Select
          label={t('plan.sequenceLabel')}
          hint={t('plan.sequenceHint')}
          choices={(['as-listed', 'up-down'] as const).map((id) => ({ id, label: t(`plan.sequence.${id}`) }))}
          value={draft.sequence}
          onChange={(sequence) => onChange({ ...draft, sequence })}
        />
        <TextField
          label={t('plan.cycles')}
          hint={t('plan.cyclesHint')}
          value={draft.cycles}
          figure
          error={wrong('cycles')}
          onChange={(cycles) => onChange({ ...draft, cycles })}
        />
        <Select
          label={t('calibrate.adjustRule')}
          choices={[
            { id: 'when-needed', label: t('calibrate.adjustWhenNeeded') },
            { id: 'always', label: t('calibrate.adjustAlways') },
          ]}
          value={draft.adjust}
          onChange={(adjust) => onChange({ ...draft, adjust })}
        />
        <DecimalField
          label={t('plan.asLeftLimit')}
          hint={t('plan.asLeftLimitHint')}
          value={draft.asLeftLimit}
          sign="±"
          unit={unit}
          error={wrong('asLeftLimit')}
          onChange={(asLeftLimit) => onChange({ ...draft, asLeftLimit })}
          invalidText={t('form.decimal')}
        />
        <Select
          label={t('plan.modelLabel')}
          hint={t('plan.modelHint')}
          choices={(['line', 'offset', 'best'] as const).map((id) => ({ id, label: t(`plan.model.${id}`) }))}
          value={draft.model}
          onChange={(model) => onChange({ ...draft, model })}
        />
        <TextField
          label={t('plan.method')}
          hint={t('plan.methodHint')}
          value={draft.method}
          error={wrong('method')}
          onChange={(method) => onChange({ ...draft, method })}
        />
      </div>
    </Fold>
  );
}
