import { useTranslation } from 'react-i18next';
import type { CalibrateIntent, CalibrateState } from '../../../shared/contract/calibrate.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import styles from '../common/form.module.css';
import { useChannels } from '../common/useChannels.ts';
import { ConcernList } from './ConcernList.tsx';
import { PlanForm } from './PlanForm.tsx';
import type { PlanDraft } from './plan.ts';
import { ReferenceChoice } from './ReferenceChoice.tsx';
import { referenceOf } from './reference.ts';
import { useConcerns } from './useConcerns.ts';

interface PlanProps {
  state: CalibrateState;
  draft: PlanDraft;
  onChange: (draft: PlanDraft) => void;
  act: (intent: CalibrateIntent) => void;
}

/** With what, where and how well is measured; what experts change is folded away below. */
export function PlanStep({ state, draft, onChange, act }: PlanProps) {
  const channels = useChannels(state.unit);
  const channel = channels.find((entry) => entry.id === draft.channel);
  const concerns = useConcerns(state, draft, channel);
  return (
    <div className={styles.stack}>
      <div className={styles.grid}>
        <ReferenceChoice
          value={referenceOf(state)}
          onChange={(value) => act({ type: 'chooseReference', ...value })}
          channel={channel}
          channels={channels}
          isDisabled={state.task !== null}
          answer={<Answer state={state} />}
          asksEntry={state.chosenStandard !== null || (state.reference !== null && state.standard === null)}
        />
        <ConcernList
          draft={draft}
          concerns={concerns}
          standard={state.standard}
          override={state.standardOverride}
          isDisabled={state.task !== null}
          onOverride={(reason) => act({ type: 'overrideStandard', reason })}
        />
      </div>
      <PlanForm draft={draft} channels={channels} onChange={onChange} />
    </div>
  );
}

/** What the reference answered when it was asked who it is. */
function Answer({ state: { reference } }: { state: CalibrateState }) {
  const { t } = useTranslation();
  if (reference === null) return null;
  return (
    <div className={styles.wide}>
      <StatusMark
        status="good"
        word={t('calibrate.referenceAnswered', {
          model: `${reference.maker} ${reference.model}`,
          serial: reference.serial,
        })}
      />
    </div>
  );
}
