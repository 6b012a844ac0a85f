import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/Card.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { BrokerForm } from './BrokerForm.tsx';
import { networkKinds } from './connectionDraft.ts';
import type { ConnectProps } from './connectProps.ts';
import { KeptSecret } from './KeptSecret.tsx';

/** How the unit gets onto the network, to which broker, as whom, and where its clock comes from. */
export function ConnectUnit(props: ConnectProps) {
  const { t } = useTranslation();
  const { draft, onChange, secrets, problem } = props;
  const refused = secrets.sending.failure ?? secrets.leaving.failure;
  return (
    <>
      {refused !== null && <FailureNotice failure={refused} />}
      <Card title={t('connect.time')}>
        <div className={styles.grid}>
          <TextField
            label={t('connect.project')}
            hint={t('connect.projectHint')}
            value={draft.project}
            error={problem === 'project' ? t('connect.problem.project') : null}
            onChange={(project) => onChange({ ...draft, project })}
            maxLength={60}
          />
          <Checkbox
            label={t('connect.setTime')}
            value={draft.setTime}
            onChange={(setTime) => onChange({ ...draft, setTime })}
          />
        </div>
      </Card>
      <Card title={t('connect.network')}>
        <Choice
          label={t('connect.networkKind')}
          choices={networkKinds.map((id) => ({ id, label: t(`connect.networks.${id}`) }))}
          value={draft.network}
          onChange={(network) => onChange({ ...draft, network })}
        />
        {draft.network === 'none' && <p className={styles.note}>{t('connect.noNetwork')}</p>}
        {draft.network === 'wifi' && <Wifi {...props} />}
        {draft.network !== 'none' && <Address {...props} />}
      </Card>
      <BrokerForm {...props} />
    </>
  );
}

function Wifi({ draft, onChange, secrets, problem }: ConnectProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.grid}>
      <TextField
        label={t('connect.ssid')}
        value={draft.ssid}
        error={problem === 'ssid' && draft.ssid !== '' ? t('connect.problem.ssid') : null}
        onChange={(ssid) => onChange({ ...draft, ssid })}
        maxLength={32}
      />
      {!draft.isOpen && (
        <KeptSecret slot="wifi" label={t('connect.wifiPassword')} {...{ draft, onChange, secrets }} />
      )}
      <Checkbox
        label={t('connect.openNetwork')}
        value={draft.isOpen}
        onChange={(isOpen) => onChange({ ...draft, isOpen })}
      />
    </div>
  );
}

const addressFields = ['ip', 'netmask', 'gateway', 'dns'] as const;

function Address({ draft, onChange, problem }: ConnectProps) {
  const { t } = useTranslation();
  return (
    <>
      <Choice
        label={t('connect.address')}
        choices={(['dhcp', 'static'] as const).map((id) => ({ id, label: t(`connect.addresses.${id}`) }))}
        value={draft.address}
        onChange={(address) => onChange({ ...draft, address })}
      />
      {draft.address === 'static' && (
        <div className={styles.tight}>
          {addressFields.map((field) => (
            <TextField
              key={field}
              label={t(`connect.${field}`)}
              value={draft[field]}
              error={problem === field && draft[field] !== '' ? t(`connect.problem.${field}`) : null}
              onChange={(value) => onChange({ ...draft, [field]: value })}
              maxLength={15}
              figure
            />
          ))}
        </div>
      )}
    </>
  );
}
