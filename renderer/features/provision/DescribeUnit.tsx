import { useTranslation } from 'react-i18next';
import type { UnitSettings } from '../../../shared/contract/provision.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useDesk } from '../common/desk.ts';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { settingsProblem } from './settings.ts';

export function DescribeUnit(props: { settings: UnitSettings; onChange: (settings: UnitSettings) => void }) {
  const { settings, onChange } = props;
  const { t } = useTranslation();
  const profiles = useDesk((desk) => desk.profiles);
  const problem = settingsProblem(settings);
  const set = (part: Partial<UnitSettings>) => onChange({ ...settings, ...part });
  const error = (field: 'tag' | 'location' | 'periodMs', present: string) =>
    problem === field && present !== '' ? t(`provision.problem.${field}`) : null;
  const chosen = profiles.find((profile) => profile.id === settings.profile);
  return (
    <div className={styles.grid}>
      <TextField
        label={t('provision.tag')}
        hint={t('provision.tagHint')}
        value={settings.tag}
        error={error('tag', settings.tag)}
        onChange={(tag) => set({ tag })}
        maxLength={60}
        autoFocus
      />
      <TextField
        label={t('provision.asset')}
        hint={t('provision.assetHint')}
        value={settings.asset}
        onChange={(asset) => set({ asset })}
        maxLength={60}
      />
      <TextField
        label={t('provision.location')}
        hint={t('provision.locationHint')}
        value={settings.location}
        error={error('location', settings.location)}
        onChange={(location) => set({ location })}
        maxLength={60}
      />
      <TextField
        label={t('provision.period')}
        hint={t('provision.periodHint')}
        value={Number.isNaN(settings.periodMs) ? '' : String(settings.periodMs)}
        error={error('periodMs', String(settings.periodMs))}
        onChange={(text) => set({ periodMs: /^\d+$/.test(text) ? Number(text) : Number.NaN })}
        unit="ms"
        figure
      />
      <div className={styles.wide}>
        <Select
          label={t('provision.profile')}
          placeholder={t('provision.profilePlaceholder')}
          choices={profiles.map((profile) => ({
            id: profile.id,
            label: profile.title,
            detail: profile.description,
          }))}
          value={settings.profile === '' ? null : settings.profile}
          onChange={(profile) => set({ profile })}
        />
        {chosen !== undefined && (
          <p className={styles.note}>
            {chosen.channels
              .map(
                (channel) =>
                  `${channel.id}: ${channel.title}, ${channel.min} … ${channel.max} ${unitSymbol(channel.unit)}`,
              )
              .join('; ')}
          </p>
        )}
      </div>
    </div>
  );
}
