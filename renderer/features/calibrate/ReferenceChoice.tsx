import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { ReferenceSource } from '../../../shared/contract/standards.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useDesk } from '../common/desk.ts';
import styles from '../common/form.module.css';
import { portWords } from '../common/ports.ts';
import { standardName } from '../standards/standard.ts';
import { ModbusForm } from './ModbusForm.tsx';
import { firstModbus, modbusDraftOf, networkPort, type ReferenceValue, readModbus } from './reference.ts';

interface ChoiceProps {
  value: ReferenceValue | null;
  onChange: (value: ReferenceValue) => void;
  /** The one that is calibrated, and all that the unit has. */
  channel: ProfileChannel | undefined;
  channels: readonly ProfileChannel[];
  isDisabled: boolean;
  /** What it answered, right below the question. */
  answer?: ReactNode;
  /** No entry of the register bears its name, or another one was chosen: somebody has to say which it is. */
  asksEntry: boolean;
  /** Several units at once are too fast for a person who reads and types. */
  isForMany?: boolean;
}

const kinds = ['scpi', 'modbus', 'channel', 'typed'] as const;

const NETWORK = 'network';

/** Where the reference's readings come from, one form for each kind; what is chosen is asked for its name at once. */
export function ReferenceChoice(props: ChoiceProps) {
  const { value, isDisabled } = props;
  const { t } = useTranslation();
  const [picked, setKind] = useState<ReferenceSource['kind'] | null>(null);
  const kind = picked ?? value?.source.kind ?? 'scpi';
  const forms = { scpi: Scpi, modbus: Modbus, channel: Channel, typed: Typed } as const;
  const Form = forms[kind];
  return (
    <div className={`${styles.wide} ${styles.stack}`}>
      <Choice
        label={t('reference.how')}
        choices={kinds
          .filter((id) => id !== 'typed' || props.isForMany !== true)
          .map((id) => ({ id, label: t(`reference.kind.${id}`) }))}
        value={kind}
        onChange={setKind}
        isDisabled={isDisabled}
      />
      <div className={styles.grid}>
        <Form {...props} value={value?.source.kind === kind ? value : null} />
        {props.answer}
        {kind !== 'typed' && value !== null && props.asksEntry && <Entry {...props} value={value} />}
      </div>
    </div>
  );
}

function Scpi({ value, onChange, isDisabled }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <PortChoice
      port={value?.port ?? null}
      hint={t('calibrate.referenceHint')}
      isDisabled={isDisabled}
      onPort={(port) => onChange({ port, source: { kind: 'scpi' }, standard: value?.standard ?? null })}
    />
  );
}

function Modbus({ value, onChange, channel, isDisabled }: ChoiceProps) {
  const { t } = useTranslation();
  const first = value?.source.kind === 'modbus' ? modbusDraftOf(value.source) : null;
  const [draft, setDraft] = useState(first ?? firstModbus(channel?.unit ?? ''));
  const [port, setPort] = useState(value?.port ?? null);
  const read = readModbus(draft);
  const ask = () => {
    if (port === null || !('source' in read)) return;
    onChange({ port, source: read.source, standard: value?.standard ?? null });
  };
  return (
    <>
      <PortChoice port={port} hint={t('reference.modbusHint')} isDisabled={isDisabled} onPort={setPort} />
      <ModbusForm draft={draft} onChange={setDraft} problem={'problem' in read ? read.problem : null} />
      <div className={styles.line}>
        <Button isDisabled={isDisabled || port === null || 'problem' in read} onPress={ask}>
          {t('reference.ask')}
        </Button>
        {port === null && <span>{t('reference.portFirst')}</span>}
        {port !== null && 'problem' in read && <span>{t('reference.wrongNumber')}</span>}
      </div>
    </>
  );
}

function Channel({ value, onChange, channel, channels, isDisabled }: ChoiceProps) {
  const { t } = useTranslation();
  const others = channels.filter((entry) => entry.id !== channel?.id && entry.unit === channel?.unit);
  return (
    <Select
      label={t('reference.channel')}
      hint={t('reference.channelHint')}
      placeholder={others.length === 0 ? t('reference.noChannel') : t('reference.chooseChannel')}
      choices={others.map((entry) => ({ id: entry.id, label: `${entry.id}: ${entry.title}` }))}
      value={value?.source.kind === 'channel' ? value.source.channel : null}
      onChange={(id) => onChange({ port: '', source: { kind: 'channel', channel: id }, standard: null })}
      isDisabled={isDisabled || others.length === 0}
    />
  );
}

function Typed({ value, onChange, channel, isDisabled }: ChoiceProps) {
  const { t } = useTranslation();
  const unit = channel?.unit ?? '';
  const standards = useUsable(unit);
  return (
    <Select
      label={t('reference.typedStandard')}
      hint={t('reference.typedHint')}
      placeholder={standards.length === 0 ? t('reference.noStandard') : t('reference.chooseStandard')}
      choices={standards.map((entry) => ({ id: entry.id, label: standardName(entry) }))}
      value={value?.standard ?? null}
      onChange={(standard) => onChange({ port: '', source: { kind: 'typed', unit }, standard })}
      isDisabled={isDisabled || standards.length === 0}
    />
  );
}

/** The register's entry: mostly the one that bears the name the instrument gives itself. */
function Entry({ value, onChange, channel, isDisabled }: ChoiceProps & { value: ReferenceValue }) {
  const { t } = useTranslation();
  const standards = useUsable(channel?.unit ?? '');
  const auto = { id: '', label: t('reference.entryAuto') };
  return (
    <Select
      label={t('reference.entry')}
      choices={[auto, ...standards.map((entry) => ({ id: entry.id, label: standardName(entry) }))]}
      value={value.standard ?? ''}
      onChange={(id) => onChange({ ...value, standard: id === '' ? null : id })}
      isDisabled={isDisabled}
    />
  );
}

const useUsable = (unit: string) =>
  useDesk((desk) => desk.standards).filter((entry) => entry.retired === null && entry.unit === unit);

/** A port of this computer, or an address in the network. */
function PortChoice(props: {
  port: string | null;
  hint: string;
  onPort: (port: string) => void;
  isDisabled: boolean;
}) {
  const { t } = useTranslation();
  const ports = useDesk((desk) => desk.ports).filter((port) => port.looksLike !== 'unit');
  const remote = props.port?.startsWith('tcp:') === true;
  const [inNetwork, setInNetwork] = useState(remote);
  const [address, setAddress] = useState(remote ? (props.port?.slice(4) ?? '') : '');
  const port = networkPort(address);
  const take = () => port !== null && props.onPort(port);
  return (
    <>
      <Select
        label={t('calibrate.reference')}
        hint={props.hint}
        placeholder={ports.length === 0 ? t('calibrate.noReference') : t('calibrate.chooseReference')}
        choices={[
          ...ports.map((entry) => ({ id: entry.port, label: entry.port, detail: portWords(entry) })),
          { id: NETWORK, label: t('reference.network') },
        ]}
        value={inNetwork ? NETWORK : props.port}
        onChange={(id) => {
          setInNetwork(id === NETWORK);
          if (id !== NETWORK) props.onPort(id);
        }}
        isDisabled={props.isDisabled}
      />
      {inNetwork && (
        <div className={styles.row}>
          <TextField
            label={t('reference.address')}
            hint={t('reference.addressHint')}
            value={address}
            onChange={setAddress}
            onEnter={take}
          />
          <Button isDisabled={props.isDisabled || port === null} onPress={take}>
            {t('reference.takeAddress')}
          </Button>
        </div>
      )}
    </>
  );
}
