import { useTranslation } from 'react-i18next';
import { useDesk } from '../features/common/desk.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { StatusMark } from '../ui/StatusMark.tsx';
import styles from './Header.module.css';

export function Header({ onPalette, onKeys }: { onPalette: () => void; onKeys: () => void }) {
  const { t } = useTranslation();
  const link = useDesk((desk) => desk.link);
  const name = useDesk((desk) => desk.job?.name ?? '');
  const customer = useDesk((desk) => desk.job?.customer ?? '');
  return (
    <header className={styles.header}>
      <p className={styles.job}>
        <span className={styles.quiet}>{t('app.job')}</span>
        <strong>{name === '' ? t('job.unnamed') : name}</strong>
        {customer !== '' && <span>{customer}</span>}
      </p>
      {link !== 'up' && (
        <StatusMark
          status={link === 'lost' ? 'bad' : 'busy'}
          word={link === 'lost' ? t('app.lostShort') : t('app.connecting')}
        />
      )}
      <Button look="quiet" onPress={onPalette} aria-label={t('app.commandsLong')}>
        <Icon name="search" />
        <span className={styles.wide}>{t('app.commands')}</span>
        <kbd className={styles.key}>{t('keys.palette.key')}</kbd>
      </Button>
      <Button look="quiet" onPress={onKeys} aria-label={t('app.keys')}>
        <kbd className={styles.key}>?</kbd>
      </Button>
    </header>
  );
}
