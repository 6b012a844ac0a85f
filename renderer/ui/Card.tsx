import type { ReactNode } from 'react';
import styles from './Card.module.css';

export function Card(props: { title?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.card} aria-label={props.title}>
      {props.title !== undefined && (
        <header className={styles.head}>
          <h2>{props.title}</h2>
          <div className={styles.aside}>{props.aside}</div>
        </header>
      )}
      {props.children}
    </section>
  );
}
