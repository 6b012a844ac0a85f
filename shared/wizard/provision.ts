import type { ProvisionAction, ProvisionState } from '../contract/provision.ts';
import { provisionSteps } from '../contract/provision.ts';
import type { Blocked } from '../contract/wizard.ts';
import { defineWizard, endTask, startTask } from './wizard.ts';

export function newProvision(id: string): ProvisionState {
  return {
    kind: 'provision',
    id,
    step: 'choose',
    task: null,
    tasksStarted: 0,
    failure: null,
    done: false,
    port: null,
    unit: null,
    settings: null,
    plan: null,
    pushed: null,
    proof: null,
    agent: null,
  };
}

/** Every line of the proof equal, and there is at least one. */
export function isProven(state: ProvisionState): boolean {
  return state.proof !== null && state.proof.length > 0 && state.proof.every((line) => line.equal);
}

function stepBlocked(state: ProvisionState, step: ProvisionState['step']): Blocked | null {
  if (step === 'choose') return null;
  if (state.unit === null) return { key: 'identifyFirst' };
  if (step === 'describe') return null;
  if (state.settings === null) return { key: 'describeFirst' };
  if (step === 'push') return null;
  return state.pushed === null ? { key: 'pushFirst' } : null;
}

function blocked(state: ProvisionState, intent: ProvisionAction['type']): Blocked | null {
  switch (intent) {
    case 'describe':
      return stepBlocked(state, 'describe');
    case 'push':
      return state.plan === null ? (stepBlocked(state, 'push') ?? { key: 'planFirst' }) : null;
    case 'finish':
      return isProven(state) ? null : { key: 'proveFirst' };
    default:
      return null;
  }
}

/** Another port may hold another unit: all but the description is forgotten. */
function identify(state: ProvisionState, port: ProvisionState['port']): ProvisionState {
  const { id, tasksStarted, settings } = state;
  return startTask({ ...newProvision(id), tasksStarted, settings, port }, 'identify');
}

export const provisionWizard = defineWizard<ProvisionState, ProvisionAction>({
  steps: provisionSteps,
  facts: ['identified', 'planned', 'pushed', 'proved'],
  blocked,
  stepBlocked,
  reduce: (state, action) => {
    switch (action.type) {
      case 'identify':
        return identify(state, action.port);
      case 'identified':
        return { ...endTask(state), unit: action.unit, step: 'describe' };
      case 'describe':
        return startTask(
          { ...state, settings: action.settings, plan: null, pushed: null, proof: null, step: 'push' },
          'plan',
        );
      case 'planned':
        return { ...endTask(state), plan: action.plan };
      case 'push':
        return startTask({ ...state, pushed: null, proof: null }, 'push');
      case 'pushed':
        return { ...state, pushed: action.files, step: 'proof' };
      case 'proved':
        return { ...endTask(state), proof: action.proof, agent: action.agent };
    }
  },
});
