import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fold from '../common/fold.module.css';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { type RuleDraft, readDraft } from './draft.ts';

export function RuleForm(props: {
  draft: RuleDraft;
  number: number;
  isTwin: boolean;
  channels: readonly ProfileChannel[];
  onChange: (draft: RuleDraft) => void;
  onRemove: (() => void) | null;
}) {
  const { draft, channels, onChange, onRemove } = props;
  const { t } = useTranslation();
  const read = readDraft(draft);
  const problem = 'problem' in read ? read.problem : null;
  const unit = unitSymbol(channels.find((channel) => channel.id === draft.sensor)?.unit ?? '');
  const set = (part: Partial<RuleDraft>) => onChange({ ...draft, ...part });
  const choice = <K extends string>(id: K, label: string) => ({ id, label });
  return (
    <Card
      title={t('validate.ruleTitle', { n: props.number, id: draft.id })}
      aside={
        onRemove !== null && (
          <Button look="quiet" onPress={onRemove} aria-label={t('validate.removeRule', { id: draft.id })}>
            <Icon name="bin" />
            {t('validate.remove')}
          </Button>
        )
      }
    >
      <div className={styles.tight}>
        <TextField
          label={t('validate.id')}
          hint={t('validate.idHint')}
          value={draft.id}
          error={props.isTwin ? t('validate.twin') : problem === 'id' ? t('validate.problem.id') : null}
          onChange={(id) => set({ id })}
          maxLength={31}
        />
        <Select
          label={t('validate.sensor')}
          choices={channels.map((channel) => choice(channel.id, `${channel.id}: ${channel.title}`))}
          value={draft.sensor === '' ? null : draft.sensor}
          onChange={(sensor) => set({ sensor })}
        />
        <Select
          label={t('validate.side')}
          choices={[choice('above', t('validate.above')), choice('below', t('validate.below'))]}
          value={draft.side}
          onChange={(side) => set({ side })}
        />
        <DecimalField
          label={t('validate.threshold')}
          value={draft.threshold}
          unit={unit}
          error={problem === 'threshold' && draft.threshold !== '' ? t('form.decimal') : null}
          onChange={(threshold) => set({ threshold })}
          invalidText={t('form.decimal')}
        />
        <DecimalField
          label={t('validate.deadband')}
          value={draft.deadband}
          unit={unit}
          onChange={(deadband) => set({ deadband })}
          invalidText={t('form.decimal')}
        />
        <Duration
          label={t('validate.for')}
          value={draft.for}
          wrong={problem === 'for'}
          onChange={(text) => set({ for: text })}
        />
        <Duration
          label={t('validate.clearAfter')}
          value={draft.clearAfter}
          wrong={problem === 'clearAfter'}
          onChange={(text) => set({ clearAfter: text })}
        />
        <Select
          label={t('validate.severity')}
          choices={[
            choice('low', t('validate.severities.low')),
            choice('medium', t('validate.severities.medium')),
            choice('high', t('validate.severities.high')),
          ]}
          value={draft.severity}
          onChange={(severity) => set({ severity })}
        />
      </div>
      <details className={fold.fold}>
        <summary>{t('validate.more')}</summary>
        <div className={styles.tight}>
          <TextField
            label={t('validate.text')}
            value={draft.title}
            onChange={(title) => set({ title })}
            maxLength={80}
          />
          <Select
            label={t('validate.ifNoData')}
            choices={[
              choice('keep', t('validate.noData.keep')),
              choice('fire', t('validate.noData.fire')),
              choice('clear', t('validate.noData.clear')),
            ]}
            value={draft.ifNoData}
            onChange={(ifNoData) => set({ ifNoData })}
          />
          <div className={styles.wide}>
            <Checkbox label={t('validate.not')} value={draft.not} onChange={(not) => set({ not })} />
          </div>
        </div>
      </details>
    </Card>
  );
}

function Duration(props: { label: string; value: string; wrong: boolean; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextField
      label={props.label}
      value={props.value}
      hint={t('validate.durationHint')}
      error={props.wrong ? t('validate.problem.duration') : null}
      onChange={props.onChange}
      maxLength={10}
    />
  );
}
