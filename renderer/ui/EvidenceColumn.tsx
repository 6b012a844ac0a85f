import type { ReactNode } from 'react';
import styles from './EvidenceColumn.module.css';

/** What will be in the report, growing as one works. */
export function EvidenceColumn(props: {
  title: string;
  empty: string;
  children: ReactNode;
  isEmpty: boolean;
}) {
  return (
    <aside className={styles.column} aria-label={props.title}>
      <h2 className={styles.title}>{props.title}</h2>
      {props.isEmpty ? <p className={styles.empty}>{props.empty}</p> : props.children}
    </aside>
  );
}

export function EvidenceBlock(props: { title: string; children: ReactNode }) {
  return (
    <section className={styles.block}>
      <h3>{props.title}</h3>
      {props.children}
    </section>
  );
}
