import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { Fold } from '../../ui/Fold.tsx';
import styles from './rules.module.css';

/** The rules in words, as compiled, before they go to the unit. */
export function PushStep({ state }: { state: ValidateState }) {
  const { t } = useTranslation();
  if (state.compiled === null) return null;
  return (
    <>
      <p>
        {t('validate.pushLead', { revision: state.compiled.revision, bytes: state.compiled.text.length })}
      </p>
      <ol className={styles.sentences}>
        {state.compiled.sentences.map((sentence, index) => (
          <li key={state.compiled?.ids[index] ?? sentence}>{sentence}</li>
        ))}
      </ol>
      <Fold title={t('validate.exactBytes')}>
        <pre className={styles.bytes}>{state.compiled.text}</pre>
      </Fold>
    </>
  );
}
