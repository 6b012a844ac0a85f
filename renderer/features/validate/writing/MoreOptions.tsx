import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Fold } from '../../../ui/Fold.tsx';
import { Select } from '../../../ui/Select.tsx';
import { StatusMark } from '../../../ui/StatusMark.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from '../../common/form.module.css';
import type { RuleDraft } from '../draft.ts';
import { ActionList } from './ActionList.tsx';
import { DurationField } from './DurationField.tsx';
import type { PartProps } from './partProps.ts';

const choice = <K extends string>(id: K, label: string) => ({ id, label });

/** Options that this rule uses, so that a closed fold hides none of them. */
function usedOf(draft: RuleDraft) {
  const all = [
    ['needsAck', draft.needsAck],
    ['remind', draft.remindEvery !== '' || draft.remindTimes !== ''],
    ['onlyOnCrossing', draft.onlyOnCrossing],
    ['firstOut', draft.firstOut !== ''],
    ['inhibitedBy', draft.inhibitedBy.length > 0],
    ['shelveAtMost', draft.shelveAtMost !== ''],
    ['actions', draft.actions.length > 0],
    ['not', draft.not],
    ['noData', draft.ifNoData !== 'keep'],
  ] as const;
  return all.flatMap(([key, used]) => (used ? [key] : []));
}

/** What most rules leave as it is. */
export function MoreOptions(props: PartProps & { others: readonly string[] }) {
  const { draft, at, set } = props;
  const { t } = useTranslation();
  const used = usedOf(draft).map((key) => t(`ruleWriting.used.${key}`));
  const wrong = at(['remind', 'firstOut', 'inhibitedBy', 'shelveAtMost', 'actions', 'title'], 'x') !== null;
  const title = [t('ruleWriting.more'), ...(used.length > 0 ? [used.join(', ')] : [])].join(': ');
  return (
    <Fold title={title} isOpen={wrong}>
      <div className={styles.tight}>
        <TextField
          label={t('validate.text')}
          value={draft.title}
          onChange={(text) => set({ title: text })}
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
        <Repeating {...props} />
        <div className={styles.wide}>
          <Checkbox
            label={t('ruleWriting.needsAck')}
            value={draft.needsAck}
            onChange={(needsAck) => set({ needsAck })}
          />
          <Checkbox
            label={t('ruleWriting.onlyOnCrossing')}
            value={draft.onlyOnCrossing}
            onChange={(onlyOnCrossing) => set({ onlyOnCrossing })}
          />
          {draft.condition === null && (
            <Checkbox label={t('validate.not')} value={draft.not} onChange={(not) => set({ not })} />
          )}
        </div>
        <InhibitedBy {...props} />
        <ActionList actions={draft.actions} at={at} onChange={(actions) => set({ actions })} />
      </div>
    </Fold>
  );
}

/** How often it is told, how long it may be shelved, and with which rules it competes for the first. */
function Repeating({ draft, at, set }: PartProps) {
  const { t } = useTranslation();
  const duration = t('validate.problem.duration');
  return (
    <>
      <DurationField
        label={t('ruleWriting.remindEvery')}
        hint={t('ruleWriting.none')}
        value={draft.remindEvery}
        error={at(['remind.every'], duration)}
        onChange={(remindEvery) => set({ remindEvery })}
      />
      <TextField
        label={t('ruleWriting.remindTimes')}
        value={draft.remindTimes}
        figure
        hint={t('ruleWriting.remindTimesHint')}
        error={at(['remind.times'], t('ruleWriting.remindTimesHint'))}
        onChange={(remindTimes) => set({ remindTimes })}
        maxLength={3}
      />
      <DurationField
        label={t('ruleWriting.shelveAtMost')}
        hint={t('ruleWriting.shelveHint')}
        value={draft.shelveAtMost}
        error={at(['shelveAtMost'], duration)}
        onChange={(shelveAtMost) => set({ shelveAtMost })}
      />
      <TextField
        label={t('ruleWriting.firstOut')}
        hint={t('ruleWriting.firstOutHint')}
        value={draft.firstOut}
        error={at(['firstOut'], t('ruleWriting.groupNotRight'))}
        onChange={(firstOut) => set({ firstOut })}
        maxLength={31}
      />
    </>
  );
}

/** Other rules; one that is not there any more stays in sight until it is taken out. */
function InhibitedBy({ draft, at, set, others }: PartProps & { others: readonly string[] }) {
  const { t } = useTranslation();
  const ids = [...new Set([...others, ...draft.inhibitedBy])];
  if (ids.length === 0) return null;
  const error = at(['inhibitedBy'], t('ruleWriting.inhibitNotRight'));
  return (
    <fieldset className={`${styles.group} ${styles.wide}`}>
      <legend>{t('ruleWriting.inhibitedBy')}</legend>
      <div className={styles.row}>
        {ids.map((id) => (
          <Checkbox
            key={id}
            label={id}
            value={draft.inhibitedBy.includes(id)}
            onChange={(isOn) =>
              set({
                inhibitedBy: isOn
                  ? [...draft.inhibitedBy, id]
                  : draft.inhibitedBy.filter((each) => each !== id),
              })
            }
          />
        ))}
      </div>
      {error !== null && <StatusMark status="bad" word={error} />}
    </fieldset>
  );
}
