import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import styles from './Tabs.module.css';

export interface TabItem<K extends string> {
  id: K;
  label: ReactNode;
  children: ReactNode;
  isDisabled?: boolean;
}

/** Views of the same thing, one at a time. Arrow keys choose among them; only the chosen one is mounted. */
export function Tabs<K extends string>(props: {
  label: string;
  tabs: readonly TabItem<K>[];
  value: K;
  onChange: (id: K) => void;
  /** What all views share, between the tabs and the chosen view. */
  shared?: ReactNode;
  /** Stands beside the tabs: why one of them cannot be chosen. */
  note?: string | null;
}) {
  return (
    <AriaTabs
      className={styles.tabs ?? ''}
      selectedKey={props.value}
      onSelectionChange={(key) => {
        const chosen = props.tabs.find((tab) => tab.id === key);
        if (chosen !== undefined) props.onChange(chosen.id);
      }}
    >
      <TabList className={styles.list ?? ''} aria-label={props.label}>
        {props.tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles.tab ?? ''} isDisabled={tab.isDisabled ?? false}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {props.note != null && <p className={styles.note}>{props.note}</p>}
      {props.shared}
      {props.tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.panel ?? ''}>
          {tab.children}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
