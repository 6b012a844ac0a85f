import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { conditionText } from '../../../shared/rules/text-print.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { conditionKept, type RuleDraft, type RuleField, readDraft } from './draft.ts';

interface RuleFormProps {
  draft: RuleDraft;
  number: number;
  isTwin: boolean;
  channels: readonly ProfileChannel[];
  onChange: (draft: RuleDraft) => void;
  onRemove: (() => void) | null;
}

interface PartProps {
  draft: RuleDraft;
  problem: RuleField | null;
  set: (part: Partial<RuleDraft>) => void;
}

const choice = <K extends string>(id: K, label: string) => ({ id, label });

export function RuleForm({ draft, number, isTwin, channels, onChange, onRemove }: RuleFormProps) {
  const { t } = useTranslation();
  const read = readDraft(draft);
  const problem = 'problem' in read ? read.problem : null;
  const set = (part: Partial<RuleDraft>) => onChange({ ...draft, ...part });
  const part = { draft, problem, set };
  const kept = conditionKept(draft);
  return (
    <Card
      title={t('validate.ruleTitle', { n: number, id: draft.id })}
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
          error={isTwin ? t('validate.twin') : problem === 'id' ? t('validate.problem.id') : null}
          onChange={(id) => set({ id })}
          maxLength={31}
        />
        {kept === null ? <Threshold {...part} channels={channels} /> : <p>{conditionText(kept)}</p>}
        <Timing {...part} />
      </div>
      <More draft={draft} set={set} />
    </Card>
  );
}

/** What is watched, and where it is too much or too little. */
function Threshold({ draft, problem, set, channels }: PartProps & { channels: readonly ProfileChannel[] }) {
  const { t } = useTranslation();
  const unit = unitSymbol(channels.find((channel) => channel.id === draft.sensor)?.unit ?? '');
  return (
    <>
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
    </>
  );
}

/** How long it must last, and how grave it is. */
function Timing({ draft, problem, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
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
    </>
  );
}

/** What most rules leave as it is. */
function More({ draft, set }: Omit<PartProps, 'problem'>) {
  const { t } = useTranslation();
  return (
    <Fold title={t('validate.more')}>
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
        {conditionKept(draft) === null && (
          <div className={styles.wide}>
            <Checkbox label={t('validate.not')} value={draft.not} onChange={(not) => set({ not })} />
          </div>
        )}
      </div>
    </Fold>
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
