import { useTranslation } from 'react-i18next';
import type { ProvisionState } from '../../../shared/contract/provision.ts';
import { isProven } from '../../../shared/wizard/provision.ts';
import { EvidenceBlock, EvidenceColumn } from '../../ui/EvidenceColumn.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { showBytes } from '../common/show.ts';

export function ProvisionEvidence({ state }: { state: ProvisionState }) {
  const { t, i18n } = useTranslation();
  const { unit, settings, pushed } = state;
  return (
    <EvidenceColumn
      title={t('evidence.title')}
      empty={t('provision.evidenceEmpty')}
      isEmpty={unit === null && settings === null}
    >
      {unit !== null && (
        <EvidenceBlock title={t('provision.evidenceUnit')}>
          <KeyValue
            rows={[
              [t('provision.hardwareId'), <code key="id">{unit.hardwareId}</code>],
              [t('provision.machine'), unit.machine],
              [t('provision.firmware'), `${unit.implementation} ${unit.version}`],
              [
                t('provision.free'),
                t('provision.freeOf', {
                  free: showBytes(unit.freeBytes, i18n.language),
                  total: showBytes(unit.totalBytes, i18n.language),
                }),
              ],
              [t('provision.before'), unit.tag ?? t('provision.neverCommissioned')],
            ]}
          />
        </EvidenceBlock>
      )}
      {settings !== null && (
        <EvidenceBlock title={t('provision.evidencePlate')}>
          <KeyValue
            rows={[
              [t('provision.tag'), settings.tag],
              [t('provision.asset'), settings.asset === '' ? '—' : settings.asset],
              [t('provision.location'), settings.location],
              [t('provision.profile'), settings.profile],
              [t('provision.period'), `${settings.periodMs} ms`],
            ]}
          />
        </EvidenceBlock>
      )}
      {pushed !== null && (
        <EvidenceBlock title={t('provision.evidencePush')}>
          <KeyValue
            rows={[
              [t('provision.sent'), String(pushed.filter((file) => file.sent).length)],
              [t('provision.keptAsEqual'), String(pushed.filter((file) => !file.sent).length)],
              [t('provision.runsWhatWasPushed'), <ProofMark key="proof" state={state} />],
            ]}
          />
        </EvidenceBlock>
      )}
    </EvidenceColumn>
  );
}

function ProofMark({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  if (isProven(state)) return <StatusMark status="good" word={t('provision.proven')} />;
  if (state.proof === null) return <StatusMark status="open" word={t('status.open')} />;
  return <StatusMark status="bad" word={t('provision.different')} />;
}
