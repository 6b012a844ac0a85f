import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProvisionState, UnitSettings } from '../../../shared/contract/provision.ts';
import { provisionSteps } from '../../../shared/contract/provision.ts';
import { isProven, provisionWizard } from '../../../shared/wizard/provision.ts';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { NextButton } from '../common/NextButton.tsx';
import { shortId } from '../common/show.ts';
import { TaskLine } from '../common/TaskLine.tsx';
import { useWizard, type WizardHandle } from '../common/useWizard.ts';
import { Waiting } from '../common/Waiting.tsx';
import { WizardFrame } from '../common/WizardFrame.tsx';
import { ChoosePort, usePortChoice } from './ChoosePort.tsx';
import { DescribeUnit } from './DescribeUnit.tsx';
import { useMainAction } from './mainAction.ts';
import { ProvisionEvidence } from './ProvisionEvidence.tsx';
import { ProofTable, PushPlan } from './PushPlan.tsx';
import { firstSettings } from './settings.ts';

export function ProvisionWizard({ id, port }: { id: string; port: string | undefined }) {
  const handle = useWizard('provision', id);
  if (handle.state === null) return <Waiting failure={handle.refused} />;
  return <ProvisionScreen key={id} handle={handle} state={handle.state} port={port} />;
}

function ProvisionScreen(props: {
  handle: WizardHandle<'provision'>;
  state: ProvisionState;
  port: string | undefined;
}) {
  const { handle, state } = props;
  const { t } = useTranslation();
  const profiles = useDesk((desk) => desk.profiles);
  const choice = usePortChoice(state, props.port);
  const [typed, setTyped] = useState<UnitSettings | null>(null);
  const settings = typed ?? state.settings ?? firstSettings(state, profiles);
  const main = useMainAction(handle, state, choice.chosen, settings);
  const failure = state.failure ?? handle.refused;
  const previous = provisionSteps[provisionSteps.indexOf(state.step) - 1];
  const subject =
    state.settings?.tag ?? (state.unit === null ? t('provision.newUnit') : shortId(state.unit.hardwareId));
  return (
    <WizardFrame
      subject={subject}
      work={t('provision.work')}
      steps={provisionSteps.map((step) => ({ id: step, label: t(`provision.step.${step}`) }))}
      current={state.step}
      done={stepsDone(state)}
      title={t(`provision.title.${state.step}`)}
      evidence={<ProvisionEvidence state={state} />}
      back={
        previous === undefined ||
        state.task !== null ||
        state.done ||
        provisionWizard.stepBlocked(state, previous)
          ? null
          : () => handle.act({ type: 'goto', step: previous })
      }
      main={main}
    >
      {failure !== null && (
        <FailureNotice failure={failure} action={<NextButton failure={failure} main={main} />} />
      )}
      <TaskLine wizard={state.id} kind="provision" task={state.task} />
      {state.step === 'choose' && <ChoosePort choice={choice} isDisabled={state.task !== null} />}
      {state.step === 'describe' && (
        <DescribeUnit hardwareId={state.unit?.hardwareId ?? null} settings={settings} onChange={setTyped} />
      )}
      {state.step === 'push' && <PushPlan state={state} />}
      {state.step === 'proof' && <ProofTable state={state} />}
    </WizardFrame>
  );
}

function stepsDone(state: ProvisionState): string[] {
  const done: [string, boolean][] = [
    ['choose', state.unit !== null],
    ['describe', state.settings !== null],
    ['push', state.pushed !== null],
    ['proof', isProven(state)],
  ];
  return done.flatMap(([step, is]) => (is ? [step] : []));
}
