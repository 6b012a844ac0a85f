import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkCandidate } from '../../../shared/contract/devices.ts';
import { Fold } from '../../ui/Fold.tsx';
import { Table } from '../../ui/Table.tsx';
import { useHost } from '../common/host.ts';
import { shortId } from '../common/show.ts';
import { watchNetwork } from './network.ts';

/** What the network shows while one looks: hints where something is, never something to push to. */
export function NetworkHints() {
  const { t } = useTranslation();
  const host = useHost();
  const [candidates, setCandidates] = useState<readonly NetworkCandidate[] | null>(null);
  useEffect(() => watchNetwork(host, setCandidates), [host]);
  if (candidates === null) return null;
  const where = (candidate: NetworkCandidate) =>
    candidate.host === null ? '—' : `${candidate.host}${candidate.port === null ? '' : `:${candidate.port}`}`;
  return (
    <Fold title={t('provision.network')}>
      <p>{t('provision.networkNote')}</p>
      {candidates.length === 0 ? (
        <p>{t('provision.networkNone')}</p>
      ) : (
        <Table
          caption={t('provision.network')}
          hideCaption
          dense
          rows={[...candidates].sort((a, b) => b.score - a.score)}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'name',
              title: t('provision.networkWhat'),
              head: true,
              cell: ({ name, unit }) => `${name}${unit === null ? '' : ` (${shortId(unit)})`}`,
            },
            {
              id: 'kind',
              title: t('provision.networkType'),
              cell: ({ looksLike, detail }) =>
                [t(`provision.networkKind.${looksLike}`), detail].filter((text) => text !== '').join(', '),
            },
            {
              id: 'where',
              title: t('provision.networkWhere'),
              cell: (candidate) => <code>{where(candidate)}</code>,
            },
            {
              id: 'found',
              title: t('provision.networkSource'),
              cell: ({ found }) => t(`provision.networkFound.${found}`),
            },
          ]}
        />
      )}
    </Fold>
  );
}
