import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** Teaches: what will be here, and how to get the first one. */
export function EmptyState(props: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <section className={styles.empty}>
      <svg width="48" height="64" viewBox="0 0 48 64" aria-hidden="true" focusable="false">
        <path d="M24 2v30" stroke="var(--line-strong)" strokeWidth="2" />
        <path d="M14 32h20v8L24 62 14 40z" fill="none" stroke="var(--brass)" strokeWidth="2.500" />
      </svg>
      <div className={styles.words}>
        <h2>{props.title}</h2>
        <div className={styles.body}>{props.children}</div>
        {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
      </div>
    </section>
  );
}
