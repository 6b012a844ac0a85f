import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from '../common/form.module.css';
import { newRule, type RuleDraft } from './draft.ts';
import { RuleForm } from './RuleForm.tsx';

export function RulesStep(props: {
  state: ValidateState;
  drafts: RuleDraft[];
  onChange: (drafts: RuleDraft[]) => void;
  channels: readonly ProfileChannel[];
}) {
  const { state, drafts, onChange, channels } = props;
  const { t } = useTranslation();
  const ids = drafts.map((draft) => draft.id);
  return (
    <div className={styles.stack}>
      <p>{t('validate.rulesLead')}</p>
      {state.mistakes.length > 0 && (
        <Banner status="bad" title={t('validate.mistakes', { count: state.mistakes.length })}>
          {state.mistakes.map((mistake) => `${mistake.path}: ${mistake.message}`).join(' · ')}
        </Banner>
      )}
      {drafts.map((draft, index) => (
        <RuleForm
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule's name is being typed here; its place is what stays.
          key={index}
          draft={draft}
          number={index + 1}
          isTwin={ids.filter((id) => id === draft.id).length > 1}
          channels={channels}
          onChange={(changed) => onChange(drafts.with(index, changed))}
          onRemove={drafts.length > 1 ? () => onChange(drafts.toSpliced(index, 1)) : null}
        />
      ))}
      <div>
        <Button onPress={() => onChange([...drafts, newRule(channels[0]?.id ?? '', ids)])}>
          <Icon name="plus" />
          {t('validate.addRule')}
        </Button>
      </div>
    </div>
  );
}
