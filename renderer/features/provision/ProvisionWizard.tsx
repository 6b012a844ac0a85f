import { useTranslation } from 'react-i18next';
import type { ProvisionState } from '../../../shared/contract/provision.ts';
import { provisionSteps } from '../../../shared/contract/provision.ts';
import { isProven, provisionWizard } from '../../../shared/wizard/provision.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { NextButton } from '../common/NextButton.tsx';
import { shortId } from '../common/show.ts';
import { TaskLine } from '../common/TaskLine.tsx';
import { useWizard, type WizardHandle } from '../common/useWizard.ts';
import { Waiting } from '../common/Waiting.tsx';
import { WizardFrame } from '../common/WizardFrame.tsx';
import { ChoosePort, type PortChoice, usePortChoice } from './ChoosePort.tsx';
import { ChooseSoftware } from './ChooseSoftware.tsx';
import { ConnectUnit } from './ConnectUnit.tsx';
import { DescribeUnit } from './DescribeUnit.tsx';
import { DifferenceStep } from './DifferenceStep.tsx';
import { useMainAction } from './mainAction.ts';
import { NetworkHints } from './NetworkHints.tsx';
import { ProofStep } from './ProofStep.tsx';
import { ProvisionEvidence } from './ProvisionEvidence.tsx';
import { PushPlan } from './PushPlan.tsx';
import { RollBack } from './RollBack.tsx';
import { type Drafts, useDrafts } from './useDrafts.ts';

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
  const choice = usePortChoice(state, props.port);
  const drafts = useDrafts(state);
  const main = useMainAction(handle, state, choice.chosen, drafts);
  const failure = state.failure ?? handle.refused;
  const previous = provisionSteps[provisionSteps.indexOf(state.step) - 1];
  const stays = previous === undefined || state.task !== null || state.done;
  const subject =
    state.settings?.tag ?? (state.unit === null ? t('provision.newUnit') : shortId(state.unit.hardwareId));
  const canRollBack = state.step === 'proof' && provisionWizard.blocked(state, 'rollBack') === null;
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
        stays || provisionWizard.stepBlocked(state, previous)
          ? null
          : () => handle.act({ type: 'goto', step: previous })
      }
      others={
        canRollBack && (
          <RollBack blocked={handle.sending} onRollBack={() => handle.act({ type: 'rollBack' })} />
        )
      }
      main={main}
    >
      {failure !== null && (
        <FailureNotice
          failure={failure}
          action={
            isPlanOld(state) ? (
              <Button onPress={() => handle.act({ type: 'leaveOut', lines: state.leftOut })}>
                {t('difference.apply')}
              </Button>
            ) : (
              <NextButton failure={failure} main={main} />
            )
          }
        />
      )}
      {state.replaces !== null && (
        <Banner status="caution" title={t('provision.replaces', { id: shortId(state.replaces) })} />
      )}
      <TaskLine wizard={state.id} kind="provision" task={state.task} />
      <StepContent state={state} choice={choice} drafts={drafts} />
    </WizardFrame>
  );
}

/** The unit, or what is to be put on it, changed since the plan was shown: pushing it again would be refused again. */
const isPlanOld = ({ step, failure }: ProvisionState): boolean =>
  step === 'push' && failure?.code === 'STEP_BLOCKED';

function StepContent(props: { state: ProvisionState; choice: PortChoice; drafts: Drafts }) {
  const { state, choice, drafts } = props;
  switch (state.step) {
    case 'choose':
      return (
        <>
          <ChoosePort choice={choice} isDisabled={state.task !== null} />
          <NetworkHints />
        </>
      );
    case 'describe':
      return (
        <>
          <DescribeUnit
            hardwareId={state.unit?.hardwareId ?? null}
            settings={drafts.settings}
            onChange={drafts.setSettings}
          />
          <ChooseSoftware software={drafts.software} onChange={drafts.setSoftware} />
        </>
      );
    case 'connect':
      return (
        <ConnectUnit
          draft={drafts.connection}
          onChange={drafts.setConnection}
          secrets={drafts.secrets}
          problem={drafts.read.problem}
          onBench={state.port?.kind === 'simulated'}
        />
      );
    case 'difference':
      return <DifferenceStep state={state} leftOut={drafts.leftOut} onLeftOut={drafts.setLeftOut} />;
    case 'push':
      return <PushPlan state={state} />;
    case 'proof':
      return <ProofStep state={state} />;
  }
}

function stepsDone(state: ProvisionState): string[] {
  const done: [string, boolean][] = [
    ['choose', state.unit !== null],
    ['describe', state.settings !== null],
    ['connect', state.connection !== null],
    ['difference', state.plan !== null],
    ['push', state.pushed !== null],
    ['proof', isProven(state) && (state.connection?.broker == null || state.brokerProved)],
  ];
  return done.flatMap(([step, is]) => (is ? [step] : []));
}
