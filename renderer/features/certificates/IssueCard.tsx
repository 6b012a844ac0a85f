import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { Laboratory } from '../../../shared/contract/certificate.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { SecretField } from '../../ui/SecretField.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { base64Of } from '../common/base64.ts';
import { askWizard, useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { ReasonButton } from '../common/ReasonButton.tsx';
import { go } from '../common/route.ts';
import { useCall } from '../common/useCall.ts';
import { CertificateList } from './CertificateList.tsx';
import { CircumstancesForm } from './CircumstancesForm.tsx';
import { draftOfCircumstances, readCircumstances } from './circumstances.ts';

/** The certificate of a calibration that has its verdict: what only people know, and issuing it. */
export function IssueCard({ state }: { state: CalibrateState }) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const laboratory = useLaboratory();
  const all = useDesk((desk) => desk.certificates);
  const certificates = all.filter(({ wizard }) => wizard === state.id);
  const [typed, setTyped] = useState<ReturnType<typeof draftOfCircumstances> | null>(null);
  const draft = typed ?? draftOfCircumstances(state.circumstances);
  const read = readCircumstances(draft);
  const problem = 'problem' in read ? read.problem : null;
  const key = useKeyFile();
  /** What was typed goes to the record when the hand leaves a field, and at the latest before it is printed. */
  const keep = async () => {
    if (!('circumstances' in read) || same(read.circumstances, state.circumstances)) return;
    const intent = { type: 'circumstances', circumstances: read.circumstances } as const;
    const action = { kind: 'calibrate', intent } as const;
    await askWizard(state.id, () => host.call('wizard.act', { id: state.id, action }));
  };
  const issue = (amends: { number: string; reason: string } | null) =>
    run(async () => {
      await keep();
      const signature = await key.take();
      await host.call('certificates.issue', { wizard: state.id, amends, signature });
      useDesk.setState({ certificates: await host.call('certificates.list', {}) });
    });
  const present = certificates.find(({ amendedBy }) => amendedBy === null);
  const described = laboratory !== null && laboratory.party.name !== '';
  return (
    <Card title={t('certificate.card')}>
      <p>{t('certificate.lead')}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      {present !== undefined && (
        <>
          <StatusMark status="good" word={t('certificate.issued', { number: present.number })} />
          <CertificateList certificates={certificates} />
        </>
      )}
      <Fold title={t('certificate.circumstances')} isOpen={problem !== null}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus leaves a field. */}
        <div onBlur={() => typed !== null && run(keep)}>
          <CircumstancesForm draft={draft} onChange={setTyped} />
        </div>
      </Fold>
      <KeyFields file={key} />
      <div className={styles.line}>
        {present === undefined ? (
          <Button
            look="main"
            isDisabled={running || !described || problem !== null}
            onPress={() => issue(null)}
          >
            {t('certificate.issue')}
          </Button>
        ) : (
          <ReasonButton
            label={t('certificate.amend')}
            title={t('certificate.amendTitle')}
            body={t('certificate.amendBody', { number: present.number })}
            act={t('certificate.amendAct')}
            isDisabled={running || problem !== null}
            onGive={(reason) => issue({ number: present.number, reason })}
          />
        )}
        {problem !== null && <StatusMark status="caution" word={t(`certificate.wrong.${problem}`)} />}
        {laboratory !== null && !described && (
          <>
            <StatusMark status="caution" word={t('certificate.describeFirst')} />
            <Button onPress={() => go('settings')}>{t('certificate.toSettings')}</Button>
          </>
        )}
      </div>
    </Card>
  );
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function useLaboratory(): Laboratory | null {
  const host = useHost();
  const link = useDesk((desk) => desk.link);
  const { run } = useCall();
  const [laboratory, setLaboratory] = useState<Laboratory | null>(null);
  useEffect(() => {
    if (link === 'up') run(async () => setLaboratory(await host.call('laboratory.get', {})));
  }, [host, link, run]);
  return laboratory;
}

/** A PKCS#12 file and its passphrase, which stands in the field alone and is taken out of it once. */
function useKeyFile() {
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const take = async () => {
    if (file === null) return null;
    const passphrase = input.current?.value ?? '';
    if (input.current !== null) input.current.value = '';
    return { p12: await base64Of(file), passphrase };
  };
  return { file, setFile, input, take };
}

function KeyFields({ file: { file, setFile, input } }: { file: ReturnType<typeof useKeyFile> }) {
  const { t } = useTranslation();
  return (
    <Fold title={t('certificate.sign')}>
      <div className={styles.row}>
        <FileButton label={t('certificate.p12')} endings={['.p12', '.pfx']} onFile={setFile} />
        {file !== null && <p>{t('certificate.p12Chosen', { name: file.name })}</p>}
      </div>
      {file !== null && (
        <div className={styles.grid}>
          <SecretField
            label={t('certificate.passphrase')}
            hint={t('certificate.passphraseHint')}
            input={input}
            onTyped={() => undefined}
            onLeave={() => undefined}
          />
        </div>
      )}
    </Fold>
  );
}
