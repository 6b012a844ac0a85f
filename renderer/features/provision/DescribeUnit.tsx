import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { UnitSettings } from '../../../shared/contract/provision.ts';
import { Select } from '../../ui/Select.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useDesk } from '../common/desk.ts';
import styles from '../common/form.module.css';
import { shortId, unitSymbol } from '../common/show.ts';
import { LabelAndList } from './LabelAndList.tsx';
import { settingsProblem, unitWithTag } from './settings.ts';

interface DescribeProps {
  hardwareId: string | null;
  settings: UnitSettings;
  onChange: (settings: UnitSettings) => void;
}

export function DescribeUnit({ hardwareId, settings, onChange }: DescribeProps) {
  const { t } = useTranslation();
  const units = useDesk((desk) => desk.job?.units);
  const twin = units === undefined ? null : unitWithTag(units, settings.tag, hardwareId);
  const problem = settingsProblem(settings);
  const set = (part: Partial<UnitSettings>) => onChange({ ...settings, ...part });
  const error = (field: 'tag' | 'location' | 'periodMs', present: string) =>
    problem === field && present !== '' ? t(`provision.problem.${field}`) : null;
  return (
    <>
      <LabelAndList hardwareId={hardwareId} settings={settings} onChange={onChange} />
      <div className={styles.grid}>
        <div>
          <TextField
            label={t('provision.tag')}
            hint={t('provision.tagHint')}
            value={settings.tag}
            error={error('tag', settings.tag)}
            onChange={(tag) => set({ tag })}
            name="tag"
            maxLength={60}
            autoFocus
          />
          <div role="status">
            {twin !== null && (
              <StatusMark
                status="caution"
                word={t('provision.tagTaken', { tag: settings.tag, id: shortId(twin.hardwareId) })}
              />
            )}
          </div>
        </div>
        <TextField
          label={t('provision.asset')}
          hint={t('provision.assetHint')}
          value={settings.asset}
          onChange={(asset) => set({ asset })}
          name="asset"
          maxLength={60}
        />
        <TextField
          label={t('provision.location')}
          hint={t('provision.locationHint')}
          value={settings.location}
          error={error('location', settings.location)}
          onChange={(location) => set({ location })}
          name="location"
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
        <ChooseProfile value={settings.profile} onChange={(profile) => set({ profile })} />
      </div>
    </>
  );
}

/** What the unit measures, with the channels of the choice. */
function ChooseProfile({ value, onChange }: { value: string; onChange: (profile: string) => void }) {
  const { t } = useTranslation();
  const profiles = useDesk((desk) => desk.profiles);
  const channels = profiles.find((profile) => profile.id === value)?.channels ?? [];
  const words = (channel: ProfileChannel) =>
    `${channel.id}: ${channel.title}, ${channel.min} … ${channel.max} ${unitSymbol(channel.unit)}`;
  return (
    <div className={styles.wide}>
      <Select
        label={t('provision.profile')}
        placeholder={t('provision.profilePlaceholder')}
        choices={profiles.map((profile) => ({
          id: profile.id,
          label: profile.title,
          detail: profile.description,
        }))}
        value={value === '' ? null : value}
        onChange={onChange}
      />
      {channels.length > 0 && <p className={styles.note}>{channels.map(words).join('; ')}</p>}
    </div>
  );
}
