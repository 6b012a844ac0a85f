import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { isSelfTested } from '../../../shared/wizard/validate.ts';
import { Fold } from '../../ui/Fold.tsx';
import { type Status, StatusMark } from '../../ui/StatusMark.tsx';
import styles from './rules.module.css';
import { SelfTestMark } from './SelfTestMark.tsx';

/** The rules in words, as compiled, and how they come to the unit: each part with its proof. */
export function PushStep({ state }: { state: ValidateState }) {
  const { t } = useTranslation();
  if (state.compiled === null) return null;
  return (
    <>
      <p>
        {t('validate.pushLead', { revision: state.compiled.revision, bytes: state.compiled.text.length })}
      </p>
      <PushParts state={state} />
      <SelfTestMark state={state} />
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

/** Engine, bytes, self-test: what is done, what runs, what comes. */
function PushParts({ state }: { state: ValidateState }) {
  const { t } = useTranslation();
  const { written, selfTest, task } = state;
  const runs = task?.kind === 'push';
  const readBack = written !== null && written.sha256 === written.readBack;
  const waits: Status = runs ? 'busy' : 'none';
  const parts: [Status, string][] = [
    [written === null ? waits : 'good', t('validate.push1')],
    [written === null ? waits : readBack ? 'good' : 'bad', t('validate.push2')],
    [selfTest === null ? waits : isSelfTested(state) ? 'good' : 'bad', t('validate.push3')],
  ];
  return (
    <ol className={styles.parts}>
      {parts.map(([status, word]) => (
        <li key={word}>
          <StatusMark status={status} word={word} />
        </li>
      ))}
    </ol>
  );
}
