import { useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import type { ProvisionState } from '../../../shared/contract/provision.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useDesk } from '../common/desk.ts';
import { portWords } from '../common/ports.ts';
import styles from './ChoosePort.module.css';

export interface PortChoice {
  chosen: PortInfo | null;
  choose: (port: string) => void;
  ports: PortInfo[];
}

/** The port that is chosen: by hand, by the link that led here, by the wizard's past, or the only one there is. */
export function usePortChoice(state: ProvisionState, linked: string | undefined): PortChoice {
  const ports = useDesk((desk) => desk.ports).filter((port) => port.looksLike !== 'reference');
  const [picked, choose] = useState<string | null>(null);
  const units = ports.filter((port) => port.looksLike === 'unit');
  const wanted = picked ?? state.port?.port ?? linked ?? (units.length === 1 ? units[0]?.port : undefined);
  return { chosen: ports.find((port) => port.port === wanted) ?? null, choose, ports };
}

export function ChoosePort({ choice, isDisabled }: { choice: PortChoice; isDisabled: boolean }) {
  const { t } = useTranslation();
  const job = useDesk((desk) => desk.job);
  const tagAt = (port: string): string | null =>
    job?.units.find((unit) => unit.present && unit.port === port)?.settings?.tag ?? null;
  if (choice.ports.length === 0) {
    return (
      <EmptyState title={t('provision.noPortTitle')}>
        <p>{t('provision.noPort')}</p>
        <p>{t('provision.noPortRights')}</p>
      </EmptyState>
    );
  }
  return (
    <>
      <p>{t('provision.consent')}</p>
      <RadioGroup
        className={styles.group ?? ''}
        value={choice.chosen?.port ?? null}
        onChange={choice.choose}
        isDisabled={isDisabled}
      >
        <Label className={styles.label ?? ''}>{t('provision.portLabel')}</Label>
        {choice.ports.map((port) => (
          <Radio key={port.port} value={port.port} className={styles.port ?? ''}>
            <span className={styles.dot} />
            <span className={styles.name}>
              <strong>{port.port}</strong>
              <span>{portWords(port)}</span>
            </span>
            <span className={styles.guess}>{tagAt(port.port) ?? t(`port.${port.looksLike}`)}</span>
          </Radio>
        ))}
      </RadioGroup>
    </>
  );
}
