import type { ReactNode } from 'react';
import { Toolbar as AriaToolbar } from 'react-aria-components';
import styles from './Toolbar.module.css';

export function Toolbar(props: { label: string; children: ReactNode }) {
  return (
    <AriaToolbar aria-label={props.label} className={styles.toolbar ?? ''}>
      {props.children}
    </AriaToolbar>
  );
}
