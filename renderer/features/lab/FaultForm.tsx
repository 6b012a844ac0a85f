import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import form from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { type FaultDraft, faultKinds, readFault, usualFault } from './faultDraft.ts';
import type { LabProps } from './labProps.ts';
import { MomentField } from './MomentField.tsx';

const MOST_FAULTS = 20;

/** One more thing that goes wrong with the data: what, where, when and how much. */
export function FaultForm({ lab, facts, channels, extents }: LabProps & { facts: RecordingFacts }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Partial<FaultDraft>>({});
  const kind = typed.kind ?? 'spike';
  const input = typed.input ?? facts.channels[0] ?? '';
  const channel = channels.find(({ id }) => id === input);
  const quantum = channel?.quantum ?? '0.001';
  const usual = usualFault(kind, input, facts, lab.at, extents[input] ?? null, quantum);
  const draft: FaultDraft = { ...usual, ...typed };
  const fault = readFault(draft, facts.from);
  const set = (part: Partial<FaultDraft>) => setTyped({ ...typed, ...part });
  const unit = unitSymbol(channel?.unit ?? '');
  const units = { spike: unit, drift: `${unit}/h`, noise: unit, clock: 's', stuck: '', dropout: '' };
  const lasts = kind !== 'spike' && kind !== 'clock';
  const full = lab.faults.length >= MOST_FAULTS;
  return (
    <>
      <Choice
        label={t('lab.whatGoesWrong')}
        choices={faultKinds.map((each) => ({ id: each, label: t(`lab.fault.${each}`) }))}
        value={kind}
        onChange={(next) => setTyped({ kind: next, input, ...kept(typed) })}
      />
      <div className={form.tight}>
        {kind !== 'clock' && facts.channels.length > 1 && (
          <Select
            label={t('validate.sensor')}
            choices={facts.channels.map((id) => ({
              id,
              label: `${id}: ${channels.find((each) => each.id === id)?.title ?? id}`,
            }))}
            value={input}
            onChange={(next) => set({ input: next })}
          />
        )}
        <MomentField
          label={lasts ? t('lab.from') : t('lab.at')}
          value={draft.from}
          clock={facts}
          onChange={(from) => set({ from })}
        />
        {lasts && (
          <MomentField label={t('lab.until')} value={draft.to} clock={facts} onChange={(to) => set({ to })} />
        )}
        {kind !== 'stuck' && kind !== 'dropout' && (
          <DecimalField
            key={kind}
            label={t(`lab.amount.${kind}`)}
            value={draft.amount}
            unit={units[kind]}
            sign={kind === 'noise' ? '±' : undefined}
            invalidText={t('form.decimal')}
            onEnter={() => undefined}
            onChange={(amount) => set({ amount })}
          />
        )}
        {kind === 'dropout' && (
          <Choice
            label={t('lab.how')}
            choices={[
              { id: 'bad', label: t('lab.dropout.bad') },
              { id: 'silent', label: t('lab.dropout.silent') },
            ]}
            value={draft.how}
            onChange={(how) => set({ how })}
          />
        )}
      </div>
      <div>
        <Button
          isDisabled={fault === null || full}
          onPress={() => {
            if (fault !== null) lab.change({ faults: [...lab.faults, fault] });
          }}
        >
          <Icon name="plus" />
          {t('lab.putIn')}
        </Button>
      </div>
    </>
  );
}

/** Moments stay where another kind is chosen; amounts are of another sort then. */
function kept({ from, to }: Partial<FaultDraft>): Partial<FaultDraft> {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
