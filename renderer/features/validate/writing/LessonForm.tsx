import { useTranslation } from 'react-i18next';
import { TextField } from '../../../ui/TextField.tsx';
import type { Rules } from '../draft.ts';
import styles from './writing.module.css';
import { type Earlier, improves, type Written } from './written.ts';

/** A new version names the old one, and says what was learned from it. */
export function LessonForm(props: {
  earlier: Earlier;
  rules: Rules | null;
  written: Written;
  onChange: (part: Partial<Written>) => void;
}) {
  const { t } = useTranslation();
  const { revision } = props.earlier;
  if (props.rules !== null && !improves(props.rules, props.earlier)) {
    return <p className={styles.lesson}>{t('ruleWriting.sameAs', { revision })}</p>;
  }
  return (
    <div className={styles.lesson}>
      <p>{t('ruleWriting.improves', { revision })}</p>
      <TextField
        label={t('ruleWriting.lesson')}
        hint={t('ruleWriting.lessonHint')}
        value={props.written.lesson}
        onChange={(lesson) => props.onChange({ lesson })}
        maxLength={300}
      />
    </div>
  );
}
