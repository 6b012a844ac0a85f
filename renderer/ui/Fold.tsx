import { type ReactNode, useState } from 'react';
import styles from './Fold.module.css';

/** What is not needed at a glance, one press away. `isOpen` opens it; nothing closes it under the hands of a person. */
export function Fold({
  title,
  children,
  isOpen = false,
}: {
  title: string;
  children: ReactNode;
  isOpen?: boolean;
}) {
  const [open, setOpen] = useState(isOpen);
  return (
    <details
      className={styles.fold}
      open={open || isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{title}</summary>
      <div className={styles.content}>{children}</div>
    </details>
  );
}
