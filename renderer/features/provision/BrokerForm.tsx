import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import { useCall } from '../common/useCall.ts';
import { type ConnectionDraft, loginKinds, withTls } from './connectionDraft.ts';
import type { ConnectProps } from './connectProps.ts';
import { KeptSecret } from './KeptSecret.tsx';

/** The bench's boards have a cable to a network; its broker shows a certificate of the project's own authority. */
const benchBroker: Partial<ConnectionDraft> = {
  network: 'ethernet',
  address: 'dhcp',
  hasBroker: true,
  host: 'bench:broker',
  port: '8883',
  tls: true,
  authority: 'project',
  name: '',
  login: 'certificate',
  watcher: 'same',
};

export function BrokerForm(props: ConnectProps) {
  const { t } = useTranslation();
  const { draft, onChange } = props;
  const isBench = draft.hasBroker && draft.host === benchBroker.host;
  return (
    <Card
      title={t('connect.broker')}
      aside={
        props.onBench &&
        !isBench && (
          <Button look="quiet" onPress={() => onChange({ ...draft, ...benchBroker })}>
            {t('connect.useBench')}
          </Button>
        )
      }
    >
      <Choice
        label={t('connect.brokerUse')}
        choices={(['none', 'mqtt'] as const).map((id) => ({ id, label: t(`connect.brokerKinds.${id}`) }))}
        value={draft.hasBroker ? 'mqtt' : 'none'}
        onChange={(kind) => onChange({ ...draft, hasBroker: kind === 'mqtt' })}
      />
      {draft.hasBroker ? (
        <>
          {draft.network === 'none' && (
            <StatusMark status="caution" word={t('connect.brokerWithoutNetwork')} />
          )}
          <Place {...props} />
          <Login {...props} />
          <Fold title={t('connect.more')}>
            <Rest {...props} />
          </Fold>
        </>
      ) : (
        <p className={styles.note}>{t('connect.noBrokerNote')}</p>
      )}
    </Card>
  );
}

type TextName = 'host' | 'port' | 'name' | 'username' | 'watcherName' | 'topic' | 'keepAlive';

/** A field of the draft that is one line of text. */
function Line(props: ConnectProps & { field: TextName; hint?: string; unit?: string; figure?: boolean }) {
  const { t } = useTranslation();
  const { draft, onChange, problem, field, hint, unit, figure } = props;
  return (
    <TextField
      label={t(`connect.${field}`)}
      value={draft[field]}
      error={problem === field && draft[field] !== '' ? t(`connect.problem.${field}`) : null}
      onChange={(value) => onChange({ ...draft, [field]: value })}
      maxLength={253}
      {...{ hint, unit, figure }}
    />
  );
}

function Place(props: ConnectProps) {
  const { t } = useTranslation();
  const { draft, onChange, problem } = props;
  const { run } = useCall();
  return (
    <>
      <div className={styles.grid}>
        <Line {...props} field="host" hint={t('connect.hostHint')} />
        <Line {...props} field="port" hint={t('connect.portHint')} figure />
      </div>
      <Checkbox
        label={t('connect.tls')}
        value={draft.tls}
        onChange={(tls) => onChange(withTls(draft, tls))}
      />
      {draft.tls ? (
        <>
          <Choice
            label={t('connect.authority')}
            choices={(['project', 'pasted'] as const).map((id) => ({
              id,
              label: t(`connect.authorities.${id}`),
            }))}
            value={draft.authority}
            onChange={(authority) => onChange({ ...draft, authority })}
          />
          {draft.authority === 'pasted' && (
            <div className={styles.wide}>
              <TextArea
                label={t('connect.pem')}
                hint={t('connect.pemHint')}
                value={draft.pem}
                error={problem === 'pem' && draft.pem !== '' ? t('connect.problem.pem') : null}
                onChange={(pem) => onChange({ ...draft, pem })}
                maxLength={20_000}
              />
              <div className={styles.row}>
                <FileButton
                  label={t('connect.pemFile')}
                  endings={['.pem', '.crt', '.cer']}
                  onFile={(file) => run(async () => onChange({ ...draft, pem: await file.text() }))}
                />
              </div>
            </div>
          )}
        </>
      ) : (
        <p className={styles.note}>{t('connect.noTls')}</p>
      )}
    </>
  );
}

function Login(props: ConnectProps) {
  const { t } = useTranslation();
  const { draft, onChange } = props;
  return (
    <>
      <Choice
        label={t('connect.login')}
        choices={loginKinds.map((id) => ({ id, label: t(`connect.logins.${id}`) }))}
        value={draft.login}
        onChange={(login) => onChange({ ...draft, login })}
      />
      <p className={styles.note}>{t(`connect.loginNote.${draft.login}`, { unit: '{unit}' })}</p>
      {draft.login === 'password' && (
        <div className={styles.grid}>
          <Line {...props} field="username" hint={t('connect.usernameHint', { unit: '{unit}' })} />
          <KeptSecret slot="unit" label={t('connect.password')} {...props} />
        </div>
      )}
    </>
  );
}

function Rest(props: ConnectProps) {
  const { t } = useTranslation();
  const { draft, onChange } = props;
  return (
    <>
      <div className={styles.grid}>
        <Line {...props} field="topic" hint={t('connect.topicHint')} />
        <Line {...props} field="keepAlive" unit="s" figure />
        {draft.tls && <Line {...props} field="name" hint={t('connect.nameHint')} />}
      </div>
      <Choice
        label={t('connect.watcher')}
        choices={(['same', ...loginKinds] as const).map((id) => ({ id, label: t(`connect.watchers.${id}`) }))}
        value={draft.watcher}
        onChange={(watcher) => onChange({ ...draft, watcher })}
      />
      {draft.watcher === 'password' && (
        <div className={styles.grid}>
          <Line {...props} field="watcherName" />
          <KeptSecret slot="watcher" label={t('connect.watcherPassword')} {...props} />
        </div>
      )}
    </>
  );
}
