import { useTranslation } from 'react-i18next';
import { useDesk } from '../features/common/desk.ts';
import { linkTo } from '../features/common/route.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Rail.module.css';

const rooms = ['job', 'many', 'live', 'rules', 'standards', 'reports', 'bench', 'settings'] as const;

/** Where a wizard or a screen without a place of its own belongs. */
const homes: Record<string, (typeof rooms)[number]> = {
  provision: 'job',
  calibrate: 'job',
  validate: 'job',
  history: 'job',
  recordings: 'live',
  batch: 'many',
  demo: 'bench',
};

export function Rail({ room }: { room: string }) {
  const { t } = useTranslation();
  const bench = useDesk((desk) => desk.info?.bench ?? true);
  const present = homes[room] ?? room;
  return (
    <nav className={styles.rail} aria-label={t('app.rooms')}>
      <svg className={styles.mark} viewBox="0 0 32 40" role="img" aria-label="Plumbline">
        <path d="M16 2v16" stroke="currentColor" strokeWidth="2" />
        <path d="M9.500 18h13v5L16 38 9.500 23z" fill="var(--brass)" />
      </svg>
      <ul>
        {rooms
          .filter((name) => bench || name !== 'bench')
          .map((name) => (
            <li key={name}>
              <a
                className={styles.room}
                href={linkTo(name)}
                aria-current={name === present ? 'page' : undefined}
              >
                <Icon name={name} size={24} />
                {t(`app.room.${name}`)}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  );
}
