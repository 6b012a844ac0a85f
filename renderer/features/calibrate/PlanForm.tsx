import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanTemplate } from '../../../shared/contract/calibration-plan.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { showDecimal } from '../../ui/decimal.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { unitSymbol } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { DecisionForm } from './DecisionForm.tsx';
import { firstDraft, type PlanDraft, type PlanPartProps, readDraft } from './plan.ts';
import { SequenceForm } from './SequenceForm.tsx';
import { SourcesForm } from './SourcesForm.tsx';
import { StabilityForm } from './StabilityForm.tsx';
import { fromTemplate, templatesFor } from './template.ts';

/** Which channel, where, and how much error is accepted; below, folded, what the proposal does well by itself. */
export function PlanForm(props: {
  draft: PlanDraft;
  channels: readonly ProfileChannel[];
  onChange: (draft: PlanDraft) => void;
}) {
  const { draft, channels, onChange } = props;
  const { t } = useTranslation();
  const channel = channels.find((entry) => entry.id === draft.channel);
  const read = readDraft(draft);
  const part = { draft, channel, problem: 'problem' in read ? read.problem : null, onChange };
  return (
    <>
      <div className={styles.grid}>
        <Select
          label={t('calibrate.channel')}
          choices={channels.map((entry) => ({ id: entry.id, label: `${entry.id}: ${entry.title}` }))}
          value={draft.channel === '' ? null : draft.channel}
          onChange={(id) => onChange(firstDraft(channels.find((entry) => entry.id === id)))}
        />
        <Template channel={channel} onChange={onChange} />
        <Limits {...part} />
      </div>
      <SequenceForm {...part} />
      <DecisionForm {...part} />
      <SourcesForm {...part} />
      <StabilityForm {...part} />
    </>
  );
}

const OWN = 'own';

/** Plans to start from; everything that one fills in can be changed. */
function Template({
  channel,
  onChange,
}: {
  channel: ProfileChannel | undefined;
  onChange: (draft: PlanDraft) => void;
}) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, failure } = useCall();
  const [templates, setTemplates] = useState<readonly PlanTemplate[]>([]);
  const [chosen, setChosen] = useState<string>(OWN);
  useEffect(() => {
    run(async () => setTemplates(await host.call('calibration.templates', {})));
  }, [host, run]);
  const fitting = templatesFor(templates, channel);
  const choose = (id: string) => {
    const template = fitting.find((entry) => entry.id === id);
    setChosen(id);
    if (channel !== undefined) {
      onChange(template === undefined ? firstDraft(channel) : fromTemplate(template, channel));
    }
  };
  return (
    <>
      <Select
        label={t('plan.template')}
        choices={[
          { id: OWN, label: t('plan.ownTemplate'), detail: t('plan.ownTemplateDetail') },
          ...fitting.map(({ id, title, description }) => ({ id, label: title, detail: description })),
        ]}
        value={chosen}
        onChange={choose}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </>
  );
}

/** Where it is measured, and how much error is accepted there. */
function Limits({ draft, onChange, channel, problem }: PlanPartProps) {
  const { t, i18n } = useTranslation();
  const unit = unitSymbol(channel?.unit ?? '');
  const show = (text: string | undefined) => showDecimal(text ?? '', i18n.language);
  return (
    <>
      <DecimalField
        label={t('calibrate.tolerance')}
        hint={t('calibrate.toleranceHint')}
        value={draft.tolerance}
        sign="±"
        unit={unit}
        error={problem === 'tolerance' ? t('plan.problem.tolerance') : null}
        onChange={(tolerance) => onChange({ ...draft, tolerance })}
        invalidText={t('form.decimal')}
      />
      <TextField
        label={t('calibrate.points')}
        hint={t('calibrate.pointsHint', { min: show(channel?.min), max: show(channel?.max), unit })}
        value={draft.points}
        unit={unit}
        error={problem === 'points' ? t('plan.problem.points') : null}
        onChange={(points) => onChange({ ...draft, points })}
      />
    </>
  );
}
