import styles from './Figure.module.css';

/**
 * A value as an instrument shows it: tabular figures, its unit always, dimmed and dated where it is old.
 * `value` is ready to read; `widest` keeps the width still while the value moves.
 */
export function Figure(props: {
  label: string;
  value: string | null;
  unit: string;
  /** How old it is, in words; null while it is fresh. */
  aged?: string | null;
  widest?: string;
  size?: 'normal' | 'large';
  /** Series mark of the chart beside it: 1 to 4. */
  series?: 1 | 2 | 3 | 4;
}) {
  const old = props.aged != null;
  return (
    <div
      className={`${styles.figure} ${props.size === 'large' ? styles.large : ''} ${old ? styles.old : ''}`}
    >
      <span className={styles.label}>
        {props.series !== undefined && (
          <svg width="18" height="6" aria-hidden="true" focusable="false">
            <line x1="0" y1="3" x2="18" y2="3" stroke={`var(--series-${props.series})`} strokeWidth="4" />
          </svg>
        )}
        {props.label}
      </span>
      <span className={styles.value}>
        <span className={styles.digits}>
          {props.widest !== undefined && (
            <span className={styles.ghost} aria-hidden="true">
              {props.widest}
            </span>
          )}
          <span>{props.value ?? '—'}</span>
        </span>
        <span className={styles.unit}>{props.unit}</span>
      </span>
      <span className={styles.age}>{props.aged ?? ''}</span>
    </div>
  );
}
