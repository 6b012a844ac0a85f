import { useTranslation } from 'react-i18next';
import type { ProvisionState } from '../../../shared/contract/provision.ts';
import { isPushOpen } from '../../../shared/wizard/provision.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { Table } from '../../ui/Table.tsx';
import { Hash } from '../common/Hash.tsx';
import { showBytes } from '../common/show.ts';

/** What will be written, to which unit and which of its slots, before anything is. */
export function PushPlan({ state }: { state: ProvisionState }) {
  const { t, i18n } = useTranslation();
  if (state.plan === null || state.unit === null) return null;
  const total = state.plan.reduce((sum, file) => sum + file.size, 0);
  return (
    <>
      {state.task === null && <OpenPush state={state} />}
      <Recovered state={state} />
      <p>
        {t('provision.pushLead', {
          count: state.plan.length,
          size: showBytes(total, i18n.language),
          machine: state.unit.machine,
          id: state.unit.hardwareId,
        })}
      </p>
      <SoftwareRows state={state} />
      <Fold title={t('provision.files')} isOpen>
        <Table
          caption={t('provision.files')}
          hideCaption
          dense
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
      </Fold>
    </>
  );
}

/** A push that was cut in the middle: which software runs is looked at before anything else is done. */
function OpenPush({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  if (!isPushOpen(state) || state.journal === null) return null;
  const { stage, slot } = state.journal;
  return (
    <Banner status="caution" title={t('provision.cut', { stage: t(`provision.journal.${stage}`), slot })}>
      {t('provision.cutNote')}
    </Banner>
  );
}

/** What became of a push that was cut, as the unit itself showed it. */
export function Recovered({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  if (state.recovery === null) return null;
  return (
    <Banner status="good" title={t(`provision.recovery.${state.recovery.how}`)}>
      {state.recovery.detail}
    </Banner>
  );
}

function SoftwareRows({ state }: { state: ProvisionState }) {
  const { t } = useTranslation();
  const { planned, journal } = state;
  if (planned === null) return null;
  return (
    <KeyValue
      rows={[
        [t('software.version'), `${planned.product} ${planned.version}`],
        [t('software.counter'), String(planned.securityCounter)],
        planned.bundle === null
          ? [t('software.origin'), t('software.ofApp')]
          : [t('software.signedBy'), <code key="key">{planned.bundle.key}</code>],
        ...(journal === null
          ? []
          : [
              [
                t('provision.slot'),
                t('provision.slotStage', {
                  slot: journal.slot,
                  stage: t(`provision.journal.${journal.stage}`),
                }),
              ] as const,
            ]),
      ]}
    />
  );
}
