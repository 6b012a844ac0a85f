import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrustedKey } from '../../../shared/contract/software.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Table } from '../../ui/Table.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { useCall } from '../common/useCall.ts';

/** Whose bundles this project takes. */
export function TrustedKeys() {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const [keys, setKeys] = useState<TrustedKey[]>([]);
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  useEffect(() => {
    run(async () => setKeys(await host.call('keys.list', {})));
  }, [host, run]);
  const trust = () =>
    run(async () => {
      setKeys(await host.call('keys.trust', { key, name }));
      setKey('');
      setName('');
    });
  const withdraw = (id: string) => run(async () => setKeys(await host.call('keys.withdraw', { id })));
  return (
    <Card title={t('trustedKeys.title')}>
      <p>{t('trustedKeys.lead')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      {keys.length === 0 ? (
        <p>{t('trustedKeys.none')}</p>
      ) : (
        <Table
          caption={t('trustedKeys.list')}
          hideCaption
          dense
          rows={keys}
          rowKey={({ id }) => id}
          columns={[
            { id: 'name', title: t('trustedKeys.name'), head: true, cell: (row) => row.name },
            { id: 'id', title: t('trustedKeys.id'), cell: (row) => <code>{row.id}</code> },
            {
              id: 'withdraw',
              title: t('trustedKeys.withdraw'),
              cell: (row) => (
                <Button
                  look="quiet"
                  isDisabled={running}
                  onPress={() => withdraw(row.id)}
                  aria-label={`${t('trustedKeys.withdraw')} ${row.name}`}
                >
                  {t('trustedKeys.withdraw')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <div className={styles.grid}>
        <TextField label={t('trustedKeys.name')} value={name} onChange={setName} maxLength={60} />
        <TextArea
          label={t('trustedKeys.key')}
          hint={t('trustedKeys.keyHint')}
          value={key}
          onChange={setKey}
          rows={2}
          maxLength={500}
        />
      </div>
      <div className={styles.row}>
        <Button isDisabled={running || name.trim() === '' || key.trim() === ''} onPress={trust}>
          {t('trustedKeys.trust')}
        </Button>
      </div>
    </Card>
  );
}
