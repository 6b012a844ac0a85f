import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import type { RuleDraft } from './draft.ts';
import { ConditionField } from './writing/ConditionField.tsx';
import { Excursions } from './writing/Excursions.tsx';
import { formFields, restOf, useErrorAt } from './writing/errorAt.ts';
import type { Judged } from './writing/judge.ts';
import { MoreOptions } from './writing/MoreOptions.tsx';
import { Sentence } from './writing/Sentence.tsx';
import { ThresholdFields } from './writing/ThresholdFields.tsx';
import own from './writing/writing.module.css';

interface RuleFormProps {
  draft: RuleDraft;
  number: number;
  judged: Judged;
  isTwin: boolean;
  isOpen: boolean;
  /** Names of the other rules. */
  others: readonly string[];
  channels: readonly ProfileChannel[];
  onOpen: (isOpen: boolean) => void;
  onChange: (draft: RuleDraft) => void;
  onRemove: () => void;
}

const choice = <K extends string>(id: K, label: string) => ({ id, label });

/** One rule: closed its sentence alone, open its fields and the sentence as it is typed. */
export function RuleForm(props: RuleFormProps) {
  const { draft, judged, isOpen } = props;
  const { t } = useTranslation();
  const name = draft.title.trim() === '' ? draft.id : `${draft.title} (${draft.id})`;
  const rest = isOpen ? restOf(judged, formFields(draft)) : [...judged.malformed, ...judged.refused];
  return (
    <div data-rule className={isOpen ? own.typed : undefined}>
      <Card title={t('validate.ruleTitle', { n: props.number, id: name })} aside={<Buttons {...props} />}>
        {isOpen && <Fields {...props} />}
        <Sentence rule={judged.rule} channels={props.channels} />
        {!isOpen && rest.length + Number(props.isTwin) > 0 && (
          <StatusMark status="bad" word={t('ruleWriting.notRight')} />
        )}
        {isOpen &&
          rest.map(({ path, message }) => <StatusMark key={path + message} status="bad" word={message} />)}
      </Card>
    </div>
  );
}

function Buttons({ draft, isOpen, onOpen, onRemove }: RuleFormProps) {
  const { t } = useTranslation();
  const { id } = draft;
  return (
    <>
      <Button
        look="quiet"
        data-edit
        aria-expanded={isOpen}
        aria-label={t(isOpen ? 'ruleWriting.closeRule' : 'ruleWriting.editRule', { id })}
        onPress={() => onOpen(!isOpen)}
      >
        {t(isOpen ? 'ruleWriting.close' : 'ruleWriting.edit')}
      </Button>
      <Button look="quiet" onPress={onRemove} aria-label={t('validate.removeRule', { id })}>
        <Icon name="bin" />
        {t('validate.remove')}
      </Button>
    </>
  );
}

function Fields({ draft, judged, isTwin, others, channels, onChange }: RuleFormProps) {
  const { t } = useTranslation();
  const at = useErrorAt(judged);
  const set = (part: Partial<RuleDraft>) => onChange({ ...draft, ...part });
  const part = { draft, at, set };
  return (
    <>
      <div className={styles.tight}>
        <TextField
          label={t('validate.id')}
          hint={t('validate.idHint')}
          value={draft.id}
          error={isTwin ? t('validate.twin') : at(['id'], t('validate.problem.id'))}
          onChange={(id) => set({ id })}
          maxLength={31}
        />
        {draft.condition === null && <ThresholdFields {...part} channels={channels} />}
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
        {draft.condition !== null && (
          <ConditionField value={draft.condition} at={at} onChange={(condition) => set({ condition })} />
        )}
      </div>
      <Excursions {...part} channel={channels.find(({ id }) => id === draft.sensor)} />
      <MoreOptions {...part} others={others} />
    </>
  );
}
