import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobUnit } from '../../../shared/contract/job.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { PlanForm } from '../calibrate/PlanForm.tsx';
import { firstDraft, type PlanDraft, readDraft } from '../calibrate/plan.ts';
import { ReferenceChoice } from '../calibrate/ReferenceChoice.tsx';
import type { ReferenceValue } from '../calibrate/reference.ts';
import { useDesk } from '../common/desk.ts';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { shortId } from '../common/show.ts';
import type { Call } from '../common/useCall.ts';
import { useChannels } from '../common/useChannels.ts';

/** Which units, which reference, and the one plan for all of them. */
export function BatchSetup({ call }: { call: Call }) {
  const { t } = useTranslation();
  const host = useHost();
  const all = useDesk((desk) => desk.job?.units ?? null) ?? [];
  const units = all.filter((unit) => unit.provisioned === 'done' && unit.present);
  // One plan is for one type of unit: the first one's.
  const profile = units[0]?.settings?.profile;
  const alike = (unit: JobUnit) => unit.settings?.profile === profile;
  const channels = useChannels(units[0]?.hardwareId ?? '');
  const [choices, setChoices] = useState<Readonly<Record<string, boolean>>>({});
  const [reference, setReference] = useState<ReferenceValue | null>(null);
  const [typed, setTyped] = useState<PlanDraft | null>(null);
  const draft = typed ?? firstDraft(channels[0]);
  const channel = channels.find((entry) => entry.id === draft.channel);
  const read = readDraft(draft);
  const isTaken = (unit: JobUnit) => alike(unit) && (choices[unit.hardwareId] ?? true);
  const taken = units.filter(isTaken).map(({ hardwareId }) => hardwareId);
  if (units.length === 0) return <p>{t('batch.none')}</p>;
  const blocked = () => {
    if (taken.length === 0) return t('batch.blocked.units');
    if (reference === null) return t('batch.blocked.reference');
    return 'problem' in read ? t(`plan.problem.${read.problem}`) : null;
  };
  const why = blocked();
  const start = () =>
    call.run(async () => {
      if (reference === null || 'problem' in read) return;
      const asked = { units: taken, plan: read.plan, ...reference };
      useDesk.setState({ batch: await host.call('batch.start', asked) });
    });
  return (
    <Card title={t('batch.setup')}>
      <fieldset className={styles.group}>
        <legend>{t('batch.units')}</legend>
        {units.map((unit) => {
          const name = unit.settings?.tag ?? shortId(unit.hardwareId);
          return (
            <Checkbox
              key={unit.hardwareId}
              label={`${name} · ${alike(unit) ? unit.port : t('batch.otherProfile')}`}
              value={isTaken(unit)}
              isDisabled={!alike(unit)}
              onChange={(isWanted) => setChoices({ ...choices, [unit.hardwareId]: isWanted })}
            />
          );
        })}
      </fieldset>
      <div className={styles.grid}>
        <ReferenceChoice
          value={reference}
          onChange={setReference}
          channel={channel}
          channels={channels}
          isDisabled={call.running}
          asksEntry
          isForMany
        />
      </div>
      <PlanForm draft={draft} channels={channels} onChange={setTyped} />
      <div className={styles.line}>
        <Button look="main" isDisabled={call.running || why !== null} onPress={start}>
          {t('batch.start', { count: taken.length })}
        </Button>
        {why !== null && <StatusMark status="caution" word={why} />}
      </div>
    </Card>
  );
}
