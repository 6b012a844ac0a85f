import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CredentialFacts } from '../../../shared/contract/connection.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { showTime } from '../common/show.ts';
import styles from './Access.module.css';

/** What the unit signs in with, as far as it may be known, and the lines that the broker's access list needs for it. */
export function Access({ credential }: { credential: CredentialFacts | null }) {
  const { t, i18n } = useTranslation();
  if (credential === null) return null;
  const { fingerprint, notAfter, keyMadeOn } = credential;
  return (
    <Card title={t('proof.credential')}>
      <KeyValue
        rows={[
          [t('proof.credentialKind'), t(`connect.logins.${credential.kind}`)],
          [
            t('proof.subject'),
            <code key="subject">{credential.subject === '' ? '—' : credential.subject}</code>,
          ],
          ...(fingerprint === null
            ? []
            : [
                [
                  t('proof.fingerprint'),
                  <code key="print" className={styles.long}>
                    {fingerprint}
                  </code>,
                ] as const,
              ]),
          ...(notAfter === null ? [] : [[t('proof.notAfter'), dayOf(notAfter, i18n.language)] as const]),
          ...(keyMadeOn === null ? [] : [[t('proof.keyMadeOn'), t(`proof.madeOn.${keyMadeOn}`)] as const]),
        ]}
      />
      {credential.acl.length > 0 && <AccessLines lines={credential.acl} />}
    </Card>
  );
}

function AccessLines({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const text = lines.join('\n');
  return (
    <>
      <div className={styles.head}>
        <h3>{t('proof.acl')}</h3>
        <Button
          look="quiet"
          onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
          aria-label={t('proof.copyAcl')}
        >
          <Icon name="copy" />
          {copied ? t('failureCard.copied') : t('failureCard.copy')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by key (WCAG 2.1.1). */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('proof.acl')}>
        <pre className={styles.lines}>{text}</pre>
      </section>
    </>
  );
}

/** What came as a date of a certificate; as it stands where it is none. */
function dayOf(text: string, language: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : showTime(at, language);
}
