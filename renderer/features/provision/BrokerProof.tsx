import { useTranslation } from 'react-i18next';
import { type BrokerSight, brokerSights } from '../../../shared/contract/connection.ts';
import type { ProvisionState } from '../../../shared/contract/provision.ts';
import { Card } from '../../ui/Card.tsx';
import { type Status, StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { showMoment } from '../common/show.ts';

type Sight = BrokerSight['what'];

/** What the app saw at the broker with its own eyes, one line a sight, each with its time; what is open is shown too. */
export function BrokerProof({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  if (state.connection?.broker == null) return null;
  const title = t('proof.sights', { host: state.connection.broker.host });
  return (
    <Card title={title}>
      <SightTable state={state} caption={title} />
    </Card>
  );
}

export function SightTable({ state, caption }: { state: ProvisionState; caption: string }) {
  const { t, i18n } = useTranslation();
  const seen = (what: Sight) => state.sights.find((sight) => sight.what === what);
  const first = brokerSights.find((what) => seen(what) === undefined);
  const status = (what: Sight): Status => {
    if (seen(what) !== undefined) return 'good';
    if (what !== first) return 'none';
    if (state.task?.kind === 'broker') return 'busy';
    return state.failure === null || state.sights.length === 0 ? 'none' : 'bad';
  };
  return (
    <Table
      caption={caption}
      hideCaption
      dense
      rows={brokerSights}
      rowKey={(what) => what}
      columns={[
        { id: 'what', title: t('proof.what'), head: true, cell: (what) => t(`proof.sight.${what}`) },
        {
          id: 'seen',
          title: t('proof.result'),
          cell: (what) => <StatusMark status={status(what)} word={t(`proof.seen.${status(what)}`)} />,
        },
        {
          id: 'at',
          title: t('proof.at'),
          figure: true,
          cell: (what) => {
            const sight = seen(what);
            return sight === undefined ? '' : showMoment(sight.at, i18n.language);
          },
        },
        {
          id: 'detail',
          title: t('proof.detail'),
          cell: (what) => {
            const sight = seen(what);
            return sight === undefined ? '' : <SightDetail sight={sight} />;
          },
        },
      ]}
    />
  );
}

function SightDetail({ sight }: { sight: BrokerSight }) {
  return (
    <>
      <code>{sight.topic}</code>
      <br />
      {sight.detail}
    </>
  );
}
