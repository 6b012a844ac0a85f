import { useTranslation } from 'react-i18next';
import { type ValidateState, validateSteps } from '../../../shared/contract/validate.ts';
import { isProven, isSelfTested, validateWizard } from '../../../shared/wizard/validate.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { NextButton } from '../common/NextButton.tsx';
import { TaskLine } from '../common/TaskLine.tsx';
import { useChannels } from '../common/useChannels.ts';
import { useUnitName } from '../common/useUnitName.ts';
import { useWizard, type WizardHandle } from '../common/useWizard.ts';
import { Waiting } from '../common/Waiting.tsx';
import { WizardFrame } from '../common/WizardFrame.tsx';
import { DraftActs } from '../lab/DraftActs.tsx';
import { TryStep } from '../lab/TryStep.tsx';
import { useLab } from '../lab/useLab.ts';
import { useReplay } from '../lab/useReplay.ts';
import { useRecordings } from '../recordings/store.ts';
import { useMainAction } from './mainAction.ts';
import { type ProofSetup, ProveStep, useProofSetup } from './ProveStep.tsx';
import { PushStep } from './PushStep.tsx';
import { ResultStep } from './ResultStep.tsx';
import { RulesStep } from './RulesStep.tsx';
import { ValidateEvidence } from './ValidateEvidence.tsx';
import { useWriting } from './writing/useWriting.ts';

export function ValidateWizard({ id }: { id: string }) {
  const handle = useWizard('validate', id);
  if (handle.state === null) return <Waiting failure={handle.refused} />;
  return <ValidateScreen key={id} handle={handle} state={handle.state} />;
}

function ValidateScreen({ handle, state }: { handle: WizardHandle<'validate'>; state: ValidateState }) {
  const { t } = useTranslation();
  const channels = useChannels(state.unit);
  const writing = useWriting(state, channels);
  const setup: ProofSetup = useProofSetup(state);
  const lab = useLab(state, useRecordings(state.unit).recordings?.[0]?.id ?? null);
  const replay = useReplay(state.unit, lab, state.step === 'try');
  const main = useMainAction(handle, state, writing, { lab, replay }, setup);
  const tried = { state, act: handle.act, sending: handle.sending, lab, replay };
  const failure = state.failure ?? handle.refused;
  const previous = validateSteps[validateSteps.indexOf(state.step) - 1];
  return (
    <WizardFrame
      subject={useUnitName(state.unit)}
      work={t('validate.work')}
      steps={validateSteps.map((step) => ({ id: step, label: t(`validate.step.${step}`) }))}
      current={state.step}
      done={stepsDone(state)}
      title={t(`validate.title.${state.step}`)}
      evidence={<ValidateEvidence state={state} />}
      back={
        previous === undefined ||
        state.task !== null ||
        state.done ||
        validateWizard.stepBlocked(state, previous)
          ? null
          : () => handle.act({ type: 'goto', step: previous })
      }
      main={main}
      others={state.step === 'try' && <DraftActs {...tried} />}
    >
      {failure !== null && (
        <FailureNotice failure={failure} action={<NextButton failure={failure} main={main} />} />
      )}
      <TaskLine wizard={state.id} kind="validate" task={state.task} />
      {state.step === 'rules' && <RulesStep state={state} writing={writing} channels={channels} />}
      {state.step === 'try' && <TryStep {...tried} channels={channels} />}
      {state.step === 'push' && <PushStep state={state} />}
      {state.step === 'prove' && (
        <ProveStep
          state={state}
          setup={setup}
          act={handle.act}
          sending={handle.sending}
          channels={channels}
        />
      )}
      {state.step === 'result' && <ResultStep state={state} />}
    </WizardFrame>
  );
}

function stepsDone(state: ValidateState): string[] {
  const done: [string, boolean][] = [
    ['rules', state.compiled !== null],
    ['try', state.compiled !== null && state.written !== null],
    ['push', state.written !== null && isSelfTested(state)],
    ['prove', isProven(state) && state.verdict !== null],
    ['result', state.done],
  ];
  return done.flatMap(([step, is]) => (is ? [step] : []));
}
