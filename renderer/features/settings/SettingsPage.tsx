import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/Card.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { Select } from '../../ui/Select.tsx';
import { LaboratoryCard } from '../certificates/LaboratoryCard.tsx';
import { useDesk } from '../common/desk.ts';
import styles from '../common/form.module.css';
import { densities, languages, themes, useLooks } from '../common/looks.ts';
import { Page } from '../common/Page.tsx';
import { TrustedKeys } from './TrustedKeys.tsx';

export function SettingsPage() {
  const { t } = useTranslation();
  const looks = useLooks();
  const info = useDesk((desk) => desk.info);
  const job = useDesk((desk) => desk.job);
  return (
    <Page title={t('settings.title')}>
      <Card title={t('settings.looks')}>
        <div className={styles.grid}>
          <Select
            label={t('settings.theme')}
            choices={themes.map((id) => ({
              id,
              label: t(`settings.themes.${id}`),
              detail: t(`settings.themeDetail.${id}`),
            }))}
            value={looks.theme}
            onChange={(theme) => looks.change({ theme })}
          />
          <Select
            label={t('settings.language')}
            choices={languages.map((id) => ({ id, label: t(`settings.languages.${id}`) }))}
            value={looks.language}
            onChange={(language) => looks.change({ language })}
          />
          <Select
            label={t('settings.density')}
            choices={densities.map((id) => ({ id, label: t(`settings.densities.${id}`) }))}
            value={looks.density}
            onChange={(density) => looks.change({ density })}
          />
        </div>
      </Card>
      <LaboratoryCard />
      <TrustedKeys />
      <Card title={t('settings.about')}>
        <KeyValue
          rows={[
            [t('settings.version'), info?.version ?? '—'],
            [t('settings.door'), info === null ? '—' : t(`settings.doors.${info.door}`)],
            [t('settings.platform'), info?.platform ?? '—'],
            [t('settings.project'), <code key="p">{job?.path ?? '—'}</code>],
            [t('settings.events'), String(job?.events ?? 0)],
            [t('settings.head'), <code key="h">{job?.head ?? '—'}</code>],
          ]}
        />
        <p>{t('settings.recordNote')}</p>
      </Card>
    </Page>
  );
}
