import type { ReactNode } from 'react';
import styles from './Fold.module.css';

/** What is not needed at a glance, one press away. */
export function Fold(props: { title: string; children: ReactNode; isOpen?: boolean }) {
  return (
    <details className={styles.fold} open={props.isOpen}>
      <summary>{props.title}</summary>
      <div className={styles.content}>{props.children}</div>
    </details>
  );
}
