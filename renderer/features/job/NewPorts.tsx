import { useTranslation } from 'react-i18next';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import type { JobUnit } from '../../../shared/contract/job.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { addUnit } from '../common/openWizard.ts';
import { portWords } from '../common/ports.ts';
import { useCall } from '../common/useCall.ts';
import styles from './NewPorts.module.css';

/** What is plugged in and not yet part of the job. */
export function NewPorts({ units }: { units: JobUnit[] }) {
  const { t } = useTranslation();
  const host = useHost();
  const ports = useDesk((desk) => desk.ports);
  const { run, running, failure } = useCall();
  const known = new Set(units.filter((unit) => unit.present).map((unit) => unit.port));
  const fresh = ports.filter((port) => !known.has(port.port));
  const add = (port: PortInfo) => run(() => addUnit(host, port.port));
  return (
    <Card title={t('job.pluggedIn')}>
      {failure !== null && <FailureNotice failure={failure} />}
      {fresh.length === 0 && <p>{ports.length === 0 ? t('provision.noPort') : t('job.allKnown')}</p>}
      <ul>
        {fresh.map((port) => (
          <li key={port.port} className={styles.port}>
            <Icon name="plug" />
            <span className={styles.name}>
              <strong>{port.port}</strong>
              <span>
                {[t(`port.${port.looksLike}`), portWords(port)].filter((text) => text !== '').join(' · ')}
              </span>
            </span>
            {port.looksLike !== 'reference' && (
              <Button
                isDisabled={running}
                onPress={() => add(port)}
                aria-label={`${t('job.addUnit')} ${port.port}`}
              >
                {t('job.addUnit')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
