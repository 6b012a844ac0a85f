import { type ReactNode, useEffect, useRef } from 'react';
import styles from './EvidenceColumn.module.css';

/** What will be in the report, growing as one works; the newest piece is brought into sight. */
export function EvidenceColumn(props: {
  title: string;
  empty: string;
  children: ReactNode;
  isEmpty: boolean;
}) {
  const column = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (content.current === null) return;
    let height = 0;
    const sizes = new ResizeObserver(([entry]) => {
      const present = entry?.contentRect.height ?? 0;
      if (height > 0 && present > height) column.current?.scrollTo({ top: column.current.scrollHeight });
      height = present;
    });
    sizes.observe(content.current);
    return () => sizes.disconnect();
  }, []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key (WCAG 2.1.1).
    <aside ref={column} className={styles.column} aria-label={props.title} tabIndex={0}>
      <div ref={content} className={styles.content}>
        <h2 className={styles.title}>{props.title}</h2>
        {props.isEmpty ? <p className={styles.empty}>{props.empty}</p> : props.children}
      </div>
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
