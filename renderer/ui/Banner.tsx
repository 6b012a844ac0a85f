import type { ReactNode } from 'react';
import styles from './Banner.module.css';
import { type Status, StatusMark } from './StatusMark.tsx';

export function Banner(props: { status: Status; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={`${styles.banner} ${styles[props.status]}`} role="status">
      <StatusMark status={props.status} word={props.title} />
      {props.children !== undefined && <p className={styles.body}>{props.children}</p>}
      {props.action}
    </div>
  );
}
