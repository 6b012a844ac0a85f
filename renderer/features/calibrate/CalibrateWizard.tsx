import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalibrateState, calibrateSteps } from '../../../shared/contract/calibrate.ts';
import { adjustedNotVerified, calibrateWizard } from '../../../shared/wizard/calibrate.ts';
import { stationsOf } from '../../../shared/wizard/stations.ts';
import { Banner } from '../../ui/Banner.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { NextButton } from '../common/NextButton.tsx';
import { TaskLine } from '../common/TaskLine.tsx';
import { useChannels } from '../common/useChannels.ts';
import { useUnitName } from '../common/useUnitName.ts';
import { useWizard, type WizardHandle } from '../common/useWizard.ts';
import { Waiting } from '../common/Waiting.tsx';
import { WizardFrame } from '../common/WizardFrame.tsx';
import { AdjustStep } from './AdjustStep.tsx';
import { CalibrateEvidence } from './CalibrateEvidence.tsx';
import { ConcernList } from './ConcernList.tsx';
import { Measure } from './Measure.tsx';
import { useMainAction } from './mainAction.tsx';
import { OverrideButton } from './OverrideButton.tsx';
import { PlanStep } from './PlanStep.tsx';
import { draftOf, firstDraft, type PlanDraft } from './plan.ts';
import { ResultStep } from './ResultStep.tsx';
import { useConcerns } from './useConcerns.ts';

/** `asked`: the channel that is proposed until there is a plan; the unit's first without it. */
export function CalibrateWizard({ id, asked }: { id: string; asked: string | undefined }) {
  const handle = useWizard('calibrate', id);
  if (handle.state === null) return <Waiting failure={handle.refused} />;
  return <CalibrateScreen key={id} handle={handle} state={handle.state} asked={asked} />;
}

function CalibrateScreen(props: {
  handle: WizardHandle<'calibrate'>;
  state: CalibrateState;
  asked: string | undefined;
}) {
  const { handle, state } = props;
  const { t } = useTranslation();
  const channels = useChannels(state.unit);
  const [typed, setTyped] = useState<PlanDraft | null>(null);
  const proposed = channels.find((entry) => entry.id === props.asked) ?? channels[0];
  const draft = typed ?? (state.plan === null ? firstDraft(proposed) : draftOf(state.plan));
  const channel = channels.find((entry) => entry.id === draft.channel);
  const concerns = useConcerns(state, draft, channel);
  const main = useMainAction(handle, state, draft, concerns.length > 0 && state.standardOverride === null);
  const failure = state.failure ?? handle.refused;
  const previous = calibrateSteps[calibrateSteps.indexOf(state.step) - 1];
  const reading = state.task?.kind === 'measure' ? state.task.id : null;
  const measuring = state.step === 'as-found' || state.step === 'as-left';
  return (
    <WizardFrame
      subject={useUnitName(state.unit)}
      work={t('calibrate.work', { channel: channel?.title ?? draft.channel })}
      steps={calibrateSteps.map((step) => ({ id: step, label: t(`calibrate.step.${step}`) }))}
      current={state.step}
      done={stepsDone(state)}
      title={t(`calibrate.title.${state.step}`)}
      evidence={
        <CalibrateEvidence
          state={state}
          channel={channel}
          hasConcerns={concerns.length > 0 || state.concerns.length > 0}
        />
      }
      back={
        previous === undefined ||
        state.task !== null ||
        state.done ||
        calibrateWizard.stepBlocked(state, previous)
          ? null
          : () => handle.act({ type: 'goto', step: previous })
      }
      main={main.main}
      others={
        reading !== null ? (
          // Its own for each reading: a reason that is typed for one is not given for the next.
          <OverrideButton
            key={reading}
            given={state.override}
            onGive={(reason) => handle.act({ type: 'override', reason, task: reading })}
          />
        ) : (
          main.other
        )
      }
    >
      {adjustedNotVerified(state) && (
        <Banner status="caution" title={t('calibrate.unverifiedTitle')}>
          {t('calibrate.unverified')}
        </Banner>
      )}
      {failure !== null && (
        <FailureNotice failure={failure} action={<NextButton failure={failure} main={main.main} />} />
      )}
      {failure?.code === 'STANDARD_UNSUITABLE' && (
        <ConcernList
          draft={draft}
          concerns={concerns}
          standard={state.standard}
          override={state.standardOverride}
          isDisabled={handle.sending}
          onOverride={(reason) => handle.act({ type: 'overrideStandard', reason })}
        />
      )}
      {state.task?.kind !== 'measure' && <TaskLine wizard={state.id} kind="calibrate" task={state.task} />}
      {state.step === 'plan' && <PlanStep state={state} draft={draft} onChange={setTyped} act={handle.act} />}
      {measuring && <Measure state={state} channel={channel} act={handle.act} />}
      {state.step === 'adjust' && <AdjustStep state={state} channel={channel} />}
      {state.step === 'result' && <ResultStep state={state} channel={channel} />}
    </WizardFrame>
  );
}

function stepsDone(state: CalibrateState): string[] {
  const points = state.plan === null ? Number.POSITIVE_INFINITY : stationsOf(state.plan).length;
  const done: [string, boolean][] = [
    ['plan', state.plan !== null && state.reference !== null],
    ['as-found', state.asFound.length >= points],
    ['adjust', state.written !== null || state.unadjusted],
    ['as-left', state.asLeft.length >= points || state.unadjusted],
    ['result', state.done],
  ];
  return done.flatMap(([step, is]) => (is ? [step] : []));
}
