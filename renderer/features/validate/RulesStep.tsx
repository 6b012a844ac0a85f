import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import styles from '../common/form.module.css';
import { judge } from './writing/judge.ts';
import { LessonForm } from './writing/LessonForm.tsx';
import { RuleAdding } from './writing/RuleAdding.tsx';
import { RuleList } from './writing/RuleList.tsx';
import { RulesText } from './writing/RulesText.tsx';
import type { Writing } from './writing/useWriting.ts';
import own from './writing/writing.module.css';
import { canShow, showView } from './writing/written.ts';

/** The rules are written: by what they mean, field by field, or as text; two views of the same rules. */
export function RulesStep(props: {
  state: ValidateState;
  writing: Writing;
  channels: readonly ProfileChannel[];
}) {
  const { state, writing, channels } = props;
  const { written, change, rules } = writing;
  const { t } = useTranslation();
  const isSent = rules !== null && JSON.stringify(rules) === JSON.stringify(state.rules);
  const judged = judge(written.drafts, channels, isSent ? state.mistakes : []);
  const other = written.view === 'form' ? 'text' : 'form';
  const revision = written.adding === null ? (writing.earlier?.revision ?? null) : null;
  const mayTurn = canShow(written, other);
  return (
    <div className={styles.stack}>
      {written.adding === null && <p className={own.lead}>{t('ruleWriting.lead')}</p>}
      {revision !== null && (
        <p>{t(writing.isNewVersion ? 'ruleWriting.improves' : 'ruleWriting.sameAs', { revision })}</p>
      )}
      <Tabs
        label={t('ruleWriting.views')}
        value={written.view}
        onChange={(view) => change(showView(written, view))}
        tabs={[
          {
            id: 'form',
            label: t('ruleWriting.view.form'),
            isDisabled: other === 'form' && !mayTurn,
            children:
              written.adding === null ? (
                <RuleList written={written} judged={judged} channels={channels} onChange={change} />
              ) : (
                <RuleAdding adding={written.adding} written={written} channels={channels} onChange={change} />
              ),
          },
          {
            id: 'text',
            label: t('ruleWriting.view.text'),
            isDisabled: other === 'text' && !mayTurn,
            children: <RulesText written={written} judged={judged} channels={channels} onChange={change} />,
          },
        ]}
        note={mayTurn ? null : t(`ruleWriting.otherView.${other}`)}
      />
      {revision !== null && writing.isNewVersion && (
        <LessonForm revision={revision} lesson={written.lesson} onChange={change} />
      )}
    </div>
  );
}
