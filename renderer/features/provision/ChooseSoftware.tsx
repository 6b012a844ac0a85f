import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RollbackOverride } from '../../../shared/contract/bundle.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { KnownBundle, SoftwareChoice } from '../../../shared/contract/software.ts';
import { mostBundleLetters } from '../../../shared/contract/software-methods.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { Select } from '../../ui/Select.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { base64Of } from '../common/base64.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { Hash } from '../common/Hash.tsx';
import { useHost } from '../common/host.ts';
import { linkTo } from '../common/route.ts';
import { shortHash } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { OverrideDialog } from './OverrideDialog.tsx';

const ofThisApp = 'app';

/** What the unit will run: the software that this app carries, or a signed bundle that the project accepted. */
export function ChooseSoftware(props: {
  software: SoftwareChoice;
  onChange: (software: SoftwareChoice) => void;
}) {
  const { software, onChange } = props;
  const { t } = useTranslation();
  const { bundles, add, refused, call } = useBundles(onChange);
  const chosen = software.kind === 'bundle' ? bundles.find(({ id }) => id === software.id) : undefined;
  return (
    <Card
      title={t('software.title')}
      aside={
        <FileButton
          label={t('software.add')}
          endings={['.plumb-bundle', '.bundle', '.tar']}
          isDisabled={call.running}
          onFile={(file) => add(file, null)}
        />
      }
    >
      {call.failure !== null && (
        <FailureNotice
          failure={call.failure}
          action={<AfterRefusal code={call.failure.code} refused={refused} add={add} />}
        />
      )}
      <div className={styles.grid}>
        <Select
          label={t('software.choose')}
          choices={[
            { id: ofThisApp, label: t('software.app'), detail: t('software.appDetail') },
            ...bundles.map(({ id, manifest }) => ({
              id,
              label: `${manifest.product} ${manifest.version}`,
              detail: t('software.bundleDetail', { hash: shortHash(id) }),
            })),
          ]}
          value={software.kind === 'app' ? ofThisApp : software.id}
          onChange={(id) =>
            onChange(id === ofThisApp ? { kind: 'app' } : { kind: 'bundle', id, override: null })
          }
        />
      </div>
      {chosen !== undefined && <BundleFacts bundle={chosen} />}
      {software.kind === 'bundle' && <Override software={software} onChange={onChange} />}
    </Card>
  );
}

type Add = (file: File, override: RollbackOverride | null) => void;

/** The bundles that the project keeps; one more is verified by the host before it is among them. */
function useBundles(onChange: (software: SoftwareChoice) => void) {
  const host = useHost();
  const call = useCall();
  const { run } = call;
  const [bundles, setBundles] = useState<KnownBundle[]>([]);
  const [refused, setRefused] = useState<File | null>(null);
  useEffect(() => {
    run(async () => setBundles(await host.call('bundles.list', {})));
  }, [host, run]);
  const add: Add = (file, override) =>
    run(async () => {
      setRefused(file);
      const base64 = await base64Of(file);
      if (base64.length > mostBundleLetters) {
        throw new Failure('BUNDLE_INVALID', { detail: `${file.size} bytes are too many for this page` });
      }
      const { id } = await host.call('bundles.add', { base64, override });
      setBundles(await host.call('bundles.list', {}));
      onChange({ kind: 'bundle', id, override });
    });
  return { bundles, add, refused, call };
}

/** What helps after a bundle was refused: trust its key, or let an older one pass by name and reason. */
function AfterRefusal({ code, refused, add }: { code: string; refused: File | null; add: Add }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (code === 'BUNDLE_UNTRUSTED') return <a href={linkTo('settings')}>{t('software.toKeys')}</a>;
  if (code !== 'BUNDLE_ROLLBACK' || refused === null) return null;
  return (
    <>
      <Button onPress={() => setAsking(true)}>{t('software.override')}</Button>
      {asking && (
        <OverrideDialog onClose={() => setAsking(false)} onOverride={(given) => add(refused, given)} />
      )}
    </>
  );
}

function BundleFacts({ bundle }: { bundle: KnownBundle }) {
  const { t } = useTranslation();
  const { manifest } = bundle;
  return (
    <KeyValue
      rows={[
        [t('software.version'), `${manifest.product} ${manifest.version}`],
        [t('software.counter'), String(manifest.securityCounter)],
        [
          t('software.for'),
          manifest.hardware.map(({ machine, platform }) => `${machine} (${platform})`).join('; '),
        ],
        [t('software.expires'), manifest.expires ?? t('software.never')],
        [t('software.signedBy'), <code key="key">{bundle.key}</code>],
        [t('software.comment'), bundle.trustedComment === '' ? '—' : bundle.trustedComment],
        [t('software.hash'), <Hash key="hash" value={bundle.id} />],
      ]}
    />
  );
}

type BundleChoice = Extract<SoftwareChoice, { kind: 'bundle' }>;

/** An older bundle passes only with a name and a reason, which the record keeps. */
function Override({
  software,
  onChange,
}: {
  software: BundleChoice;
  onChange: (software: SoftwareChoice) => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { override } = software;
  return (
    <div className={styles.row}>
      {override !== null && (
        <StatusMark
          status="caution"
          word={t('software.overridden', { name: override.name, reason: override.reason })}
        />
      )}
      {override === null ? (
        <Button look="quiet" onPress={() => setAsking(true)}>
          {t('software.override')}
        </Button>
      ) : (
        <Button look="quiet" onPress={() => onChange({ ...software, override: null })}>
          {t('software.withdraw')}
        </Button>
      )}
      {asking && (
        <OverrideDialog
          onClose={() => setAsking(false)}
          onOverride={(given) => {
            onChange({ ...software, override: given });
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}
