import type { ReactNode } from 'react';
import styles from './KeyValue.module.css';

export function KeyValue(props: { rows: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className={styles.rows}>
      {props.rows.map(([label, value]) => (
        <div key={label} className={styles.row}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
