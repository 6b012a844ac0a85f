import type { ProvisionAction, ProvisionState } from '../contract/provision.ts';
import { provisionSteps } from '../contract/provision.ts';
import type { Blocked } from '../contract/wizard.ts';
import { busy, endTask, fail, startTask, type Wizard } from './wizard.ts';

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
  if (state.done) return { key: 'finished' };
  if (intent === 'stop') return state.task === null ? { key: 'nothingRuns' } : null;
  if (busy(state)) return busy(state);
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

function reduce(state: ProvisionState, action: ProvisionAction): ProvisionState {
  switch (action.type) {
    case 'goto':
      return busy(state) || state.done || stepBlocked(state, action.step)
        ? state
        : { ...state, step: action.step, failure: null };
    case 'identify': {
      const fresh = { ...newProvision(state.id), tasksStarted: state.tasksStarted, settings: state.settings };
      return startTask({ ...fresh, port: action.port }, 'identify');
    }
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
    case 'failed':
      return fail(state, action.failure);
    case 'stop':
      // The task ends when it says in which state it left the unit, not before.
      return { ...state };
    case 'finish':
      return { ...state, done: true };
  }
}

export const provisionWizard: Wizard<ProvisionState, ProvisionAction> = {
  steps: provisionSteps,
  blocked,
  stepBlocked,
  reduce: (state, action) => (blockedIntent(state, action) ? state : reduce(state, action)),
};

/** Facts always count; an intent counts only where nothing blocks it. */
function blockedIntent(state: ProvisionState, action: ProvisionAction): boolean {
  const facts = ['identified', 'planned', 'pushed', 'proved', 'failed'];
  return !facts.includes(action.type) && blocked(state, action.type) !== null;
}
