import styles from './Hash.module.css';
import { shortHash } from './show.ts';

/** The first digits of a hash, the whole of it on hover and for readers. */
export function Hash({ value }: { value: string }) {
  return (
    <code className={styles.hash} title={value}>
      {shortHash(value)}
    </code>
  );
}
