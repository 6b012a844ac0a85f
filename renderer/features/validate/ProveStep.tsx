import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { ValidateIntent, type ValidateState } from '../../../shared/contract/validate.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useDesk } from '../common/desk.ts';
import styles from '../common/form.module.css';
import { portWords } from '../common/ports.ts';
import { unitSymbol } from '../common/show.ts';
import { QuietChoice } from '../lab/QuietChoice.tsx';
import { drivingPoints } from './draft.ts';
import { RuleMarks } from './RuleMarks.tsx';
import { ThresholdCharts } from './ThresholdCharts.tsx';

const BY_HAND = 'by-hand';

export interface ProofSetup {
  reference: string;
  points: string;
  seconds: string;
  change: (part: { reference?: string; points?: string; seconds?: string }) => void;
  /** What to ask of the host; null while something is not right. */
  intent: Extract<ValidateIntent, { type: 'prove' }> | null;
}

/** How the measurand is driven through the thresholds: by a reference that can, or by hand. */
export function useProofSetup(state: ValidateState): ProofSetup {
  const ports = useDesk((desk) => desk.ports);
  const source = ports.find((port) => port.looksLike === 'reference')?.port ?? BY_HAND;
  const [typed, setTyped] = useState<{ reference?: string; points?: string; seconds?: string }>({});
  const reference = typed.reference ?? state.referencePort ?? source;
  const points = typed.points ?? (state.rules === null ? '' : drivingPoints(state.rules).join('; '));
  const seconds = typed.seconds ?? '900';
  const driven = reference !== BY_HAND;
  const parsed = ValidateIntent.safeParse({
    type: 'prove',
    referencePort: driven ? reference : null,
    setPoints: driven
      ? points
          .split(/[;\s]+/)
          .filter((text) => text !== '')
          .map((text) => text.replace(',', '.').replace('−', '-'))
      : [],
    timeoutSeconds: /^\d+$/.test(seconds) ? Number(seconds) : Number.NaN,
  });
  // A reference that is told nothing would drive nothing, and the proof wait for its whole time.
  const told =
    !driven || (parsed.success && parsed.data.type === 'prove' && parsed.data.setPoints.length > 0);
  const intent = told && parsed.success && parsed.data.type === 'prove' ? parsed.data : null;
  return { reference, points, seconds, intent, change: (part) => setTyped({ ...typed, ...part }) };
}

export function ProveStep(props: {
  state: ValidateState;
  setup: ProofSetup;
  act: (intent: ValidateIntent) => void;
  sending: boolean;
  channels: readonly ProfileChannel[];
}) {
  const { state, setup, channels } = props;
  const { t } = useTranslation();
  const ports = useDesk((desk) => desk.ports).filter((port) => port.looksLike !== 'unit');
  const unit = unitSymbol(channels[0]?.unit ?? '');
  const running = state.task !== null;
  return (
    <>
      {!running && (
        <>
          <p>{t('validate.proveLead')}</p>
          <div className={styles.grid}>
            <Select
              label={t('validate.drivenBy')}
              choices={[
                ...ports.map((port) => ({ id: port.port, label: port.port, detail: portWords(port) })),
                { id: BY_HAND, label: t('validate.byHand'), detail: undefined },
              ]}
              value={setup.reference}
              onChange={(reference) => setup.change({ reference })}
            />
            {setup.reference !== BY_HAND && (
              <TextField
                label={t('validate.setPoints')}
                hint={t('validate.setPointsHint')}
                value={setup.points}
                unit={unit}
                onChange={(points) => setup.change({ points })}
              />
            )}
            <TextField
              label={t('validate.timeout')}
              value={setup.seconds}
              unit="s"
              figure
              onChange={(seconds) => setup.change({ seconds })}
            />
            <QuietChoice state={state} act={props.act} isDisabled={props.sending} />
          </div>
        </>
      )}
      <RuleMarks state={state} />
      <ThresholdCharts state={state} channels={channels} />
    </>
  );
}
