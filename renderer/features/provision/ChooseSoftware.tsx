import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bundleLimits } from '../../../shared/contract/bundle.ts';
import type { KnownBundle, SoftwareChoice } from '../../../shared/contract/software.ts';
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
import { addBundle, listBundles } from './calls.ts';
import { OverrideDialog } from './OverrideDialog.tsx';

const ofThisApp = 'app';

/** What the unit will run: the software that this app carries, or a signed bundle that the project accepted. */
export function ChooseSoftware(props: {
  software: SoftwareChoice;
  onChange: (software: SoftwareChoice) => void;
}) {
  const { software, onChange } = props;
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const [bundles, setBundles] = useState<KnownBundle[]>([]);
  const [isTooLarge, setTooLarge] = useState(false);
  useEffect(() => {
    run(async () => setBundles(await listBundles(host)));
  }, [host, run]);
  const chosen = software.kind === 'bundle' ? bundles.find(({ id }) => id === software.id) : undefined;
  const add = (file: File) => {
    setTooLarge(file.size > bundleLimits.fileBytes);
    if (file.size > bundleLimits.fileBytes) return;
    run(async () => {
      const bundle = await addBundle(host, await base64Of(file));
      setBundles(await listBundles(host));
      onChange({ kind: 'bundle', id: bundle.id, override: null });
    });
  };
  return (
    <Card
      title={t('software.title')}
      aside={
        <FileButton
          label={t('software.add')}
          endings={['.plumb-bundle', '.bundle']}
          isDisabled={running}
          onFile={add}
        />
      }
    >
      {failure !== null && (
        <FailureNotice
          failure={failure}
          action={
            failure.code === 'BUNDLE_UNTRUSTED' && <a href={linkTo('settings')}>{t('software.toKeys')}</a>
          }
        />
      )}
      {isTooLarge && <StatusMark status="bad" word={t('software.tooLarge')} />}
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
