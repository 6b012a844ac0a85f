import { useTranslation } from 'react-i18next';
import { TextArea } from '../../../ui/TextArea.tsx';
import styles from '../../common/form.module.css';
import type { ErrorAt } from './errorAt.ts';

/** A condition that the fields of a threshold cannot say, as text. */
export function ConditionField(props: { value: string; at: ErrorAt; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.wide}>
      <TextArea
        label={t('ruleWriting.condition')}
        hint={t('ruleWriting.conditionHint')}
        rows={2}
        value={props.value}
        error={props.at(['when'])}
        onChange={(text) => props.onChange(text.replace(/\s*\n\s*/g, ' '))}
        maxLength={4000}
      />
    </div>
  );
}
