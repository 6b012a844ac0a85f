import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibrateIntent, CalibrateState } from '../../../shared/contract/calibrate.ts';
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
  const act = (intent: CalibrateIntent) => {
    const action = { kind: 'calibrate', intent } as const;
    return askWizard(state.id, () => host.call('wizard.act', { id: state.id, action }));
  };
  /** What was typed goes to the record when the hand leaves a field, and at the latest before it is printed. */
  const keeping = useCall();
  const last = useRef(Promise.resolve());
  const send = async () => {
    const known = useDesk.getState().wizards[state.id];
    if (!('circumstances' in read) || known?.kind !== 'calibrate') return;
    if (same(read.circumstances, known.circumstances)) return;
    await act({ type: 'circumstances', circumstances: read.circumstances });
  };
  const keep = () => {
    last.current = last.current.catch(() => undefined).then(send);
    return last.current;
  };
  const issue = (amends: { number: string; reason: string } | null) =>
    run(async () => {
      await keep();
      // What was measured is complete with its certificate; what people know can still be put right by an amendment.
      if (!state.done) await act({ type: 'finish' });
      const signature = await key.take();
      await host.call('certificates.issue', { wizard: state.id, amends, signature });
      useDesk.setState({ certificates: await host.call('certificates.list', {}) });
    });
  const present = certificates.find(({ amendedBy }) => amendedBy === null);
  const described = laboratory !== null && laboratory.party.name !== '';
  const engineer = useDesk((desk) => desk.job?.engineer ?? '');
  const authorised = draft.authorisedBy.trim() !== '' || engineer !== '';
  return (
    <Card title={t('certificate.card')}>
      <p>{t('certificate.lead')}</p>
      <Fold title={t('certificate.circumstances')} isOpen={problem !== null}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus leaves a field. */}
        <div onBlur={() => typed !== null && keeping.run(keep)}>
          <CircumstancesForm draft={draft} onChange={setTyped} />
        </div>
      </Fold>
      <KeyFields file={key} />
      {present !== undefined && (
        <>
          <StatusMark status="good" word={t('certificate.issued', { number: present.number })} />
          <CertificateList certificates={certificates} />
        </>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {keeping.failure !== null && <FailureNotice failure={keeping.failure} />}
      <div className={styles.line}>
        {present === undefined ? (
          <Button
            look="main"
            isDisabled={running || !described || !authorised || problem !== null}
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
            isDisabled={running || !authorised || problem !== null}
            onGive={(reason) => issue({ number: present.number, reason })}
          />
        )}
        {problem !== null && <StatusMark status="caution" word={t(`certificate.wrong.${problem}`)} />}
        {!authorised && <StatusMark status="caution" word={t('certificate.authoriseFirst')} />}
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
      <div className={styles.line}>
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
