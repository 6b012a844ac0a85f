import styles from './StatusMark.module.css';

export type Status = 'good' | 'caution' | 'bad' | 'busy' | 'open' | 'none';

/** Each status has a shape of its own, so that it reads in grey print and by colour-blind eyes. */
const shapes: Record<Status, { outline: string; sign: string }> = {
  good: { outline: 'M10 1a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', sign: 'M5.800 10.300l2.900 2.900 5.500-6' },
  caution: { outline: 'M10 1.500L19.200 18H.8z', sign: 'M10 7v5.500M10 15.200v.3' },
  bad: {
    outline: 'M6.300 1h7.400L19 6.300v7.400L13.700 19H6.300L1 13.700V6.300z',
    sign: 'M6.800 6.800l6.400 6.400M13.200 6.800l-6.400 6.400',
  },
  busy: { outline: 'M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16z', sign: 'M10 5.500V10l3 2' },
  open: { outline: 'M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16z', sign: 'M10 2a8 8 0 0 1 0 16z' },
  none: { outline: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z', sign: '' },
};

/** Shape, colour and word together. `word` may be null only where the same word stands beside it already. */
export function StatusMark({ status, word }: { status: Status; word: string | null }) {
  const filled = status === 'good' || status === 'caution' || status === 'bad';
  return (
    <span className={`${styles.mark} ${styles[status]}`}>
      <svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        <path
          d={shapes[status].outline}
          fill={filled ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="2"
          strokeDasharray={status === 'none' ? '3 3' : undefined}
        />
        <path
          className={filled ? styles.cut : undefined}
          d={shapes[status].sign}
          fill={status === 'open' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="2.200"
          strokeLinecap="round"
        />
      </svg>
      {word !== null && <span>{word}</span>}
    </span>
  );
}
