import { useTranslation } from 'react-i18next';
import type { ProvisionState } from '../../../shared/contract/provision.ts';
import { isProven } from '../../../shared/wizard/provision.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Card } from '../../ui/Card.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { Hash } from '../common/Hash.tsx';
import { Access } from './Access.tsx';
import { BrokerProof } from './BrokerProof.tsx';
import { ClockLine } from './ClockLine.tsx';
import { Recovered } from './PushPlan.tsx';

/** What is proven of the unit, the gravest first: what it runs, that it works, its clock, its way to the broker. */
export function ProofStep({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  if (state.proof === null) {
    if (state.journal?.stage === 'rolled-back') {
      return (
        <Banner status="caution" title={t('proof.rolledBack')}>
          {t('proof.rolledBackNote')}
        </Banner>
      );
    }
    return <p>{t('provision.proofPending')}</p>;
  }
  const proven = isProven(state);
  const equal = state.proof.filter((line) => line.equal).length;
  return (
    <>
      <Banner
        status={proven ? 'good' : 'bad'}
        title={proven ? t('provision.proven') : t('provision.notProven')}
      >
        {t('provision.proofLead', { equal, count: state.proof.length, agent: state.agent ?? '' })}
      </Banner>
      <Recovered state={state} />
      <BrokerProof state={state} />
      <SelfTest state={state} />
      <ClockLine clock={state.clock} />
      <Access credential={state.credential} />
      <Fold title={t('provision.proofCaption')} isOpen={!proven}>
        <ProofTable state={state} />
      </Fold>
    </>
  );
}

/** What was pushed beside what the running agent says that it loaded. */
function ProofTable({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('provision.proofCaption')}
      hideCaption
      dense
      rows={state.proof ?? []}
      rowKey={(line) => line.path}
      columns={[
        { id: 'path', title: t('provision.file'), head: true, cell: (line) => <code>{line.path}</code> },
        { id: 'pushed', title: t('provision.pushed'), cell: (line) => <Hash value={line.pushed} /> },
        {
          id: 'running',
          title: t('provision.running'),
          cell: (line) => (line.running === null ? '—' : <Hash value={line.running} />),
        },
        {
          id: 'equal',
          title: t('provision.equalTitle'),
          cell: (line) => (
            <StatusMark
              status={line.equal ? 'good' : 'bad'}
              word={line.equal ? t('provision.equal') : t('provision.different')}
            />
          ),
        },
      ]}
    />
  );
}

function SelfTest({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  const { selfTest } = state;
  if (selfTest === null || selfTest.length === 0) return null;
  return (
    <Card title={t('proof.selfTest')}>
      <Table
        caption={t('proof.selfTest')}
        hideCaption
        dense
        rows={selfTest}
        rowKey={(_line, index) => String(index)}
        columns={[
          { id: 'what', title: t('proof.what'), head: true, cell: (line) => line.what },
          {
            id: 'detail',
            title: t('proof.detail'),
            cell: (line) => (line.detail === '' ? '—' : line.detail),
          },
          {
            id: 'ok',
            title: t('proof.result'),
            cell: (line) => (
              <StatusMark
                status={line.ok ? 'good' : 'bad'}
                word={line.ok ? t('proof.works') : t('proof.fails')}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
