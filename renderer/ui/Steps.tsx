import { Icon } from './Icon.tsx';
import styles from './Steps.module.css';

export interface Step {
  id: string;
  label: string;
}

/** The steps across the top of a wizard. One that is done can be looked at again. */
export function Steps(props: {
  label: string;
  steps: readonly Step[];
  current: string;
  /** Steps whose result is there. */
  done: readonly string[];
  words: { done: string };
}) {
  return (
    <ol className={styles.steps} aria-label={props.label}>
      {props.steps.map((step, index) => {
        const current = step.id === props.current;
        const done = props.done.includes(step.id);
        return (
          <li
            key={step.id}
            className={`${styles.step} ${current ? styles.current : ''} ${done ? styles.done : ''}`}
            aria-current={current ? 'step' : undefined}
          >
            <span className={styles.number} aria-hidden={done}>
              {done ? <Icon name="check" size={16} /> : index + 1}
            </span>
            <span className={styles.label}>{step.label}</span>
            {done && <span className={styles.hidden}>{props.words.done}</span>}
          </li>
        );
      })}
    </ol>
  );
}
