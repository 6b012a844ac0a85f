import type { ReactNode } from 'react';
import styles from './Page.module.css';

/** A room of the rail: its name, what can be done here, and its content. */
export function Page(props: { title: string; lead?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h1>{props.title}</h1>
          {props.lead !== undefined && <p className={styles.lead}>{props.lead}</p>}
        </div>
        {props.actions}
      </header>
      {props.children}
    </div>
  );
}
