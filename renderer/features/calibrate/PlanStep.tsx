import { useTranslation } from 'react-i18next';
import type { CalibrateIntent, CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { showDecimal } from '../../ui/decimal.ts';
import { Select } from '../../ui/Select.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useDesk } from '../common/desk.ts';
import styles from '../common/form.module.css';
import { portWords } from '../common/ports.ts';
import { unitSymbol } from '../common/show.ts';
import { useChannels } from '../common/useChannels.ts';
import { firstDraft, type PlanDraft, type PlanField, readDraft } from './plan.ts';
import { StabilityForm } from './StabilityForm.tsx';

interface PlanProps {
  state: CalibrateState;
  draft: PlanDraft;
  onChange: (draft: PlanDraft) => void;
  act: (intent: CalibrateIntent) => void;
}

export function PlanStep({ state, draft, onChange, act }: PlanProps) {
  const { t } = useTranslation();
  const channels = useChannels(state.unit);
  const channel = channels.find((entry) => entry.id === draft.channel);
  const read = readDraft(draft);
  const problem = 'problem' in read ? read.problem : null;
  return (
    <div className={styles.stack}>
      <div className={styles.grid}>
        <ChooseReference state={state} act={act} />
        <Select
          label={t('calibrate.channel')}
          choices={channels.map((entry) => ({ id: entry.id, label: `${entry.id}: ${entry.title}` }))}
          value={draft.channel === '' ? null : draft.channel}
          onChange={(id) => onChange(firstDraft(channels.find((entry) => entry.id === id)))}
        />
        <Limits draft={draft} onChange={onChange} channel={channel} problem={problem} />
        <Select
          label={t('calibrate.adjustRule')}
          choices={[
            { id: 'when-needed', label: t('calibrate.adjustWhenNeeded') },
            { id: 'always', label: t('calibrate.adjustAlways') },
          ]}
          value={draft.adjust}
          onChange={(adjust) => onChange({ ...draft, adjust })}
        />
      </div>
      <StabilityForm draft={draft} channel={channel} onChange={onChange} problem={problem} />
    </div>
  );
}

/** The instrument, and what it answered when it was asked who it is. */
function ChooseReference({ state, act }: Pick<PlanProps, 'state' | 'act'>) {
  const { t } = useTranslation();
  const ports = useDesk((desk) => desk.ports).filter((port) => port.looksLike !== 'unit');
  const { reference } = state;
  return (
    <div className={styles.wide}>
      <Select
        label={t('calibrate.reference')}
        hint={t('calibrate.referenceHint')}
        placeholder={ports.length === 0 ? t('calibrate.noReference') : t('calibrate.chooseReference')}
        choices={ports.map((port) => ({ id: port.port, label: port.port, detail: portWords(port) }))}
        value={state.referencePort}
        onChange={(port) => act({ type: 'chooseReference', port })}
        isDisabled={state.task !== null}
      />
      {reference !== null && (
        <StatusMark
          status="good"
          word={t('calibrate.referenceAnswered', {
            model: `${reference.maker} ${reference.model}`,
            serial: reference.serial,
          })}
        />
      )}
    </div>
  );
}

interface LimitsProps {
  draft: PlanDraft;
  onChange: (draft: PlanDraft) => void;
  channel: ProfileChannel | undefined;
  problem: PlanField | null;
}

/** Where it is measured, and how much error is accepted there. */
function Limits({ draft, onChange, channel, problem }: LimitsProps) {
  const { t, i18n } = useTranslation();
  const unit = unitSymbol(channel?.unit ?? '');
  const show = (text: string | undefined) => showDecimal(text ?? '', i18n.language);
  return (
    <>
      <DecimalField
        label={t('calibrate.tolerance')}
        hint={t('calibrate.toleranceHint')}
        value={draft.tolerance}
        unit={`± ${unit}`}
        error={problem === 'tolerance' ? t('calibrate.problem.tolerance') : null}
        onChange={(tolerance) => onChange({ ...draft, tolerance })}
        invalidText={t('form.decimal')}
      />
      <TextField
        label={t('calibrate.points')}
        hint={t('calibrate.pointsHint', { min: show(channel?.min), max: show(channel?.max), unit })}
        value={draft.points}
        unit={unit}
        error={problem === 'points' ? t('calibrate.problem.points') : null}
        onChange={(points) => onChange({ ...draft, points })}
      />
    </>
  );
}
