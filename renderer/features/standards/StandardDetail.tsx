import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferenceStandard } from '../../../shared/contract/standards.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { showDecimal } from '../../ui/decimal.ts';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { DriftPlot } from '../calibrate/DriftPlot.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { Page } from '../common/Page.tsx';
import { ReasonButton } from '../common/ReasonButton.tsx';
import { go } from '../common/route.ts';
import { unitSymbol } from '../common/show.ts';
import { type Call, useCall } from '../common/useCall.ts';
import { CertificateFields } from './CertificateFields.tsx';
import { CertificateTable } from './CertificateTable.tsx';
import { draftOfStandard, noCertificate, readCertificate } from './entry.ts';
import { StandardForm } from './StandardForm.tsx';
import { StateMark } from './StateMark.tsx';
import { correctionSeries, standardName } from './standard.ts';

/** One standard: what it is, its certificates, and how it drifted from one to the next. */
export function StandardDetail({ standard }: { standard: ReferenceStandard }) {
  const { t } = useTranslation();
  const call = useCall();
  const [form, setForm] = useState<'change' | 'certificate' | null>(null);
  const unit = unitSymbol(standard.unit);
  const series = correctionSeries(standard);
  return (
    <Page
      title={standardName(standard)}
      actions={<Button onPress={() => go('standards')}>{t('standards.back')}</Button>}
    >
      {call.failure !== null && <FailureNotice failure={call.failure} />}
      {form === null && <Facts standard={standard} call={call} onForm={setForm} />}
      {form === 'change' && <Change standard={standard} call={call} onDone={() => setForm(null)} />}
      {form === 'certificate' && (
        <NewCertificate standard={standard} call={call} onDone={() => setForm(null)} />
      )}
      {standard.certificates.length > 1 && (
        <Card title={t('standards.history')}>
          <p>{t('standards.historyHint')}</p>
          <DriftPlot
            label={t('standards.history')}
            valueTitle={`${t('standards.correction')} (${unit})`}
            series={series}
            unit={unit}
            tolerance={null}
          />
        </Card>
      )}
      <CertificateTable standard={standard} />
    </Page>
  );
}

interface PartProps {
  standard: ReferenceStandard;
  call: Call;
}

function Facts({ standard, call, onForm }: PartProps & { onForm: (form: 'change' | 'certificate') => void }) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const unit = unitSymbol(standard.unit);
  const show = (text: string) => showDecimal(text, i18n.language);
  const retire = (reason: string) =>
    call.run(async () => void (await host.call('standards.retire', { id: standard.id, reason })));
  return (
    <Card>
      <KeyValue
        rows={[
          [t('standards.stateTitle'), <StateMark key="state" standard={standard} />],
          [t('standards.use'), t(`standards.uses.${standard.use}`)],
          [t('standards.resolution'), `${show(standard.resolution)} ${unit}`],
          [t('standards.drift'), `± ${show(standard.drift)} ${unit}`],
          [t('standards.remarks'), standard.remarks === '' ? '—' : standard.remarks],
        ]}
      />
      {standard.retired === null ? (
        <div className={styles.row}>
          <Button look="main" onPress={() => onForm('certificate')}>
            {t('standards.newCertificate')}
          </Button>
          <Button onPress={() => onForm('change')}>{t('standards.change')}</Button>
          <ReasonButton
            label={t('standards.retire')}
            title={t('standards.retireTitle')}
            body={t('standards.retireBody')}
            act={t('standards.retireAct')}
            isDisabled={call.running}
            onGive={retire}
          />
        </div>
      ) : (
        <p>{t('standards.retiredOn', standard.retired)}</p>
      )}
    </Card>
  );
}

function Change({ standard, call, onDone }: PartProps & { onDone: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  return (
    <Card title={t('standards.change')}>
      <StandardForm
        first={draftOfStandard(standard)}
        earlier={standard.certificates.slice(0, -1)}
        save={t('standards.saveChange')}
        isDisabled={call.running}
        onCancel={onDone}
        onSave={(entry) =>
          call.run(async () => {
            await host.call('standards.change', { id: standard.id, standard: entry });
            onDone();
          })
        }
      />
    </Card>
  );
}

function NewCertificate({ standard, call, onDone }: PartProps & { onDone: () => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const last = standard.certificates.at(-1);
  const [draft, setDraft] = useState({
    ...noCertificate,
    laboratory: last?.laboratory ?? '',
    accreditation: last?.accreditation ?? '',
  });
  const read = readCertificate(draft);
  const save = () =>
    call.run(async () => {
      if (!('certificate' in read)) return;
      const { id } = standard;
      await host.call('standards.recalibrated', { id, certificate: read.certificate, drift: null });
      onDone();
    });
  return (
    <Card title={t('standards.newCertificate')}>
      <CertificateFields draft={draft} unit={unitSymbol(standard.unit)} onChange={setDraft} />
      <div className={styles.line}>
        <Button look="main" isDisabled={call.running || 'problem' in read} onPress={save}>
          {t('standards.saveCertificate')}
        </Button>
        <Button onPress={onDone}>{t('wizard.cancel')}</Button>
        {'problem' in read && <span>{t(`standards.mistake.${read.problem}`)}</span>}
      </div>
    </Card>
  );
}
