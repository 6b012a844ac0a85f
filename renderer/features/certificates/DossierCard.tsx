import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DossierFacts } from '../../../shared/contract/certificate.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Table } from '../../ui/Table.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { openFile } from '../common/openFile.ts';
import { showBytes, showTime } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { openDossier } from './openDossier.ts';

/** The whole job as one signed archive, who signed it, and the page that checks it. */
export function DossierCard() {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const [dossiers, setDossiers] = useState<DossierFacts[]>([]);
  useEffect(() => {
    run(async () => setDossiers(await host.call('dossier.list', {})));
  }, [host, run]);
  const build = () =>
    run(async () => {
      await host.call('dossier.build', {});
      setDossiers(await host.call('dossier.list', {}));
    });
  const save = (sha256: string) => run(() => openDossier(host, sha256));
  const verifier = () => run(async () => openFile(await host.call('dossier.verifier', {}), 'html'));
  return (
    <Card
      title={t('dossier.title')}
      aside={
        <span className={styles.row}>
          <Button isDisabled={running} onPress={verifier}>
            {t('dossier.verifier')}
          </Button>
          <Button isDisabled={running} onPress={build}>
            {t('dossier.build')}
          </Button>
        </span>
      }
    >
      <p>
        {t('dossier.lead')} {t('dossier.verifierHint')}
      </p>
      {failure !== null && <FailureNotice failure={failure} />}
      {dossiers.length === 0 ? (
        <p>{t('dossier.none')}</p>
      ) : (
        <>
          <p>{t('dossier.signerHint')}</p>
          <Table
            caption={t('dossier.list')}
            hideCaption
            rows={dossiers.toSorted((a, b) => b.at - a.at)}
            rowKey={({ sha256, at }) => `${sha256} ${at}`}
            columns={[
              { id: 'at', title: t('dossier.at'), head: true, cell: ({ at }) => showTime(at, i18n.language) },
              {
                id: 'entries',
                title: t('dossier.entries'),
                figure: true,
                cell: (row) => String(row.entries),
              },
              {
                id: 'size',
                title: t('dossier.size'),
                figure: true,
                cell: ({ size }) => showBytes(size, i18n.language),
              },
              {
                id: 'signer',
                title: t('dossier.signer'),
                cell: ({ signer }) => <code>{fingerprint(signer)}</code>,
              },
              {
                id: 'save',
                title: t('certificate.files'),
                figure: true,
                cell: (row) => (
                  <Button
                    isDisabled={running}
                    aria-label={`${t('dossier.save')} ${showTime(row.at, i18n.language)}`}
                    onPress={() => save(row.sha256)}
                  >
                    {t('dossier.save')}
                  </Button>
                ),
              },
            ]}
          />
        </>
      )}
    </Card>
  );
}

/** In groups, to be read out and compared: all of it, because a part of a fingerprint proves nothing. */
const fingerprint = (hex: string): string => hex.replace(/(.{8})(?=.)/g, '$1 ');
