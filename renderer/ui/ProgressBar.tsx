import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components';
import styles from './ProgressBar.module.css';

/** A real figure, and in words what is being done. Total 0: it is not known yet how long it takes. */
export function ProgressBar(props: { label: string; done: number; total: number; figure: string }) {
  const known = props.total > 0;
  return (
    <AriaProgressBar
      className={styles.bar ?? ''}
      value={known ? Math.min(props.done, props.total) : 0}
      maxValue={known ? props.total : 1}
      isIndeterminate={!known}
      valueLabel={props.figure}
    >
      {({ percentage }) => (
        <>
          <div className={styles.words}>
            <Label>{props.label}</Label>
            <span className={styles.figure}>{props.figure}</span>
          </div>
          <svg className={styles.track} width="100%" height="10" aria-hidden="true">
            <rect className={styles.ground} width="100%" height="10" rx="2" />
            <rect
              className={known ? styles.fill : styles.sweep}
              width={known ? `${percentage ?? 0}%` : '30%'}
              height="10"
              rx="2"
            />
          </svg>
        </>
      )}
    </AriaProgressBar>
  );
}
