import { useTranslation } from 'react-i18next';
import type { AuthorRule } from '../../../../shared/contract/author.ts';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import { sentenceOf } from '../../../../shared/rules/sentence.ts';
import styles from './writing.module.css';

/** The rule as it is typed, as one sentence: what a person signs for. */
export function Sentence(props: { rule: AuthorRule | null; channels: readonly ProfileChannel[] }) {
  const { t } = useTranslation();
  return (
    <p className={styles.sentence} aria-live="polite" lang={props.rule === null ? undefined : 'en'}>
      {props.rule === null ? t('ruleWriting.noSentence') : sentenceOf(props.rule, props.channels)}
    </p>
  );
}
