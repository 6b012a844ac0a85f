import { useTranslation } from 'react-i18next';
import styles from './sweep.module.css';

/** What the signs of the sweep mean. */
export function SweepKey({ present }: { present: string }) {
  const { t } = useTranslation();
  const signs = [
    { word: t('lab.sweepCalm'), mark: <circle cx="7" cy="7" r="4" className={styles.calm} /> },
    { word: t('lab.sweepNoisy'), mark: <path d="M7 1l6 10H1z" className={styles.noisy} /> },
    {
      word: t('lab.sweepPresent', { value: present }),
      mark: <path d="M7 0v14" className={styles.present} />,
    },
  ];
  return (
    <p className={styles.key}>
      {signs.map(({ word, mark }) => (
        <span key={word}>
          <svg width="14" height="14" aria-hidden="true" focusable="false">
            {mark}
          </svg>
          {word}
        </span>
      ))}
    </p>
  );
}
