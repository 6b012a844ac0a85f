import { useTranslation } from 'react-i18next';
import { TextField } from '../../../ui/TextField.tsx';
import styles from './writing.module.css';
import type { Written } from './written.ts';

/** The last question of a new version: what was learned from the one that it improves. */
export function LessonForm(props: {
  revision: string;
  lesson: string;
  onChange: (part: Partial<Written>) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.lesson}>
      <TextField
        label={t('ruleWriting.lesson', { revision: props.revision })}
        hint={t('ruleWriting.lessonHint')}
        value={props.lesson}
        onChange={(lesson) => props.onChange({ lesson })}
        maxLength={300}
      />
    </div>
  );
}
