import { useTranslation } from 'react-i18next';
import type { ProvisionState } from '../../../shared/contract/provision.ts';
import { isProven } from '../../../shared/wizard/provision.ts';
import { Banner } from '../../ui/Banner.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { Hash } from '../common/Hash.tsx';
import { showBytes } from '../common/show.ts';

/** What will be written, to which unit, before anything is. */
export function PushPlan({ state }: { state: ProvisionState }) {
  const { t, i18n } = useTranslation();
  if (state.plan === null || state.unit === null) return null;
  const total = state.plan.reduce((sum, file) => sum + file.size, 0);
  return (
    <>
      <p>
        {t('provision.pushLead', {
          count: state.plan.length,
          size: showBytes(total, i18n.language),
          machine: state.unit.machine,
          id: state.unit.hardwareId,
        })}
      </p>
      <Table
        caption={t('provision.files')}
        hideCaption
        rows={state.plan}
        rowKey={(file) => file.path}
        columns={[
          { id: 'path', title: t('provision.file'), head: true, cell: (file) => <code>{file.path}</code> },
          {
            id: 'size',
            title: t('provision.size'),
            figure: true,
            cell: (file) => showBytes(file.size, i18n.language),
          },
          { id: 'hash', title: 'SHA-256', cell: (file) => <Hash value={file.sha256} /> },
        ]}
      />
    </>
  );
}

/** What was pushed beside what the running agent says that it loaded. */
export function ProofTable({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  if (state.proof === null) return <p>{t('provision.proofPending')}</p>;
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
      <Table
        caption={t('provision.proofCaption')}
        hideCaption
        rows={state.proof}
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
    </>
  );
}
