import { useTranslation } from 'react-i18next';
import { brokerSights } from '../../../shared/contract/connection.ts';
import type { ProvisionState } from '../../../shared/contract/provision.ts';
import { isProven } from '../../../shared/wizard/provision.ts';
import { EvidenceBlock, EvidenceColumn } from '../../ui/EvidenceColumn.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Hash } from '../common/Hash.tsx';
import { showBytes } from '../common/show.ts';

export function ProvisionEvidence({ state }: { state: ProvisionState }) {
  const { t, i18n } = useTranslation();
  const { unit, settings, pushed, replaces } = state;
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
              ...(replaces === null
                ? []
                : ([
                    [t('provision.replacesRow'), <code key="old">{replaces}</code>],
                    [t('provision.notTransferable'), t('provision.notTransferableWord')],
                  ] as const)),
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
      <DifferenceEvidence state={state} />
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

function DifferenceEvidence({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  const { asFound, difference, leftOut, connection } = state;
  if (asFound === null || difference === null) return null;
  const left = difference.filter((line) => leftOut.includes(line.id)).length;
  const broker = connection?.broker ?? null;
  return (
    <>
      <EvidenceBlock title={t('provision.evidenceDifference')}>
        <KeyValue
          rows={[
            [t('provision.asFoundKept'), <Hash key="hash" value={asFound.sha256} />],
            [t('provision.linesChanged'), String(difference.length - left)],
            [t('provision.linesLeftOut'), String(left)],
          ]}
        />
      </EvidenceBlock>
      {broker !== null && (
        <EvidenceBlock title={t('provision.evidenceBroker')}>
          <KeyValue
            rows={[
              [t('connect.host'), `${broker.host}:${broker.port}`],
              [t('connect.login'), t(`connect.logins.${broker.login.kind}`)],
              [
                t('provision.sightsSeen'),
                t('provision.sightsOf', { seen: state.sights.length, count: brokerSights.length }),
              ],
            ]}
          />
        </EvidenceBlock>
      )}
    </>
  );
}

function ProofMark({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  if (isProven(state)) return <StatusMark status="good" word={t('provision.proven')} />;
  if (state.proof === null) return <StatusMark status="open" word={t('status.open')} />;
  return <StatusMark status="bad" word={t('provision.different')} />;
}
