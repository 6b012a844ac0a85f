import type { ProvisionAction, ProvisionState } from '../contract/provision.ts';
import { provisionSteps } from '../contract/provision.ts';
import type { Blocked } from '../contract/wizard.ts';
import { defineWizard, endTask, startTask } from './wizard.ts';

/** Nothing is planned, so nothing of a plan has come true. */
const unplanned = {
  asFound: null,
  difference: null,
  leftOut: [],
  planned: null,
  plan: null,
  pushed: null,
  proof: null,
  selfTest: null,
  clock: null,
  credential: null,
  sights: [],
  brokerProved: false,
  agent: null,
} satisfies Partial<ProvisionState>;

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
    replaces: null,
    settings: null,
    software: { kind: 'app' },
    connection: null,
    ...unplanned,
    journal: null,
    recovery: null,
  };
}

/** Every line of the proof equal, at least one, and the unit was told to keep what runs. */
export function isProven(state: ProvisionState): boolean {
  const equal = state.proof !== null && state.proof.length > 0 && state.proof.every((line) => line.equal);
  return equal && state.journal?.stage === 'confirmed';
}

/** A push was begun and neither confirmed nor taken back: the unit may run either software. */
export function isPushOpen({ journal }: ProvisionState): boolean {
  return journal !== null && journal.stage !== 'confirmed' && journal.stage !== 'rolled-back';
}

const isProvedOnBroker = (state: ProvisionState): boolean =>
  state.connection?.broker === null || state.brokerProved;

function stepBlocked(state: ProvisionState, step: ProvisionState['step']): Blocked | null {
  if (step === 'choose') return null;
  if (state.unit === null) return { key: 'identifyFirst' };
  if (step === 'describe') return null;
  if (state.settings === null) return { key: 'describeFirst' };
  if (step === 'connect') return null;
  if (state.connection === null) return { key: 'connectFirst' };
  if (step === 'difference') return null;
  if (state.plan === null) return { key: 'planFirst' };
  if (step === 'push') return null;
  return state.pushed === null ? { key: 'pushFirst' } : null;
}

function blocked(state: ProvisionState, intent: ProvisionAction['type']): Blocked | null {
  switch (intent) {
    case 'describe':
      return stepBlocked(state, 'describe');
    case 'connect':
      return stepBlocked(state, 'connect');
    case 'leaveOut':
      // Also where the plan failed for what was left out: to choose other lines.
      return stepBlocked(state, 'difference');
    case 'push':
      return stepBlocked(state, 'push');
    case 'rollBack':
      return state.journal === null || state.journal.stage === 'rolled-back' ? { key: 'pushFirst' } : null;
    case 'proveBroker':
      if (state.connection?.broker === null) return { key: 'noBroker' };
      return isProven(state) ? null : { key: 'proveFirst' };
    case 'finish':
      if (!isProven(state)) return { key: 'proveFirst' };
      return isProvedOnBroker(state) ? null : { key: 'proveBrokerFirst' };
    default:
      return null;
  }
}

/** Another port may hold another unit: all but what was typed in is forgotten. */
function identify(state: ProvisionState, port: ProvisionState['port']): ProvisionState {
  const { id, tasksStarted, settings, software, connection, replaces } = state;
  const kept = { tasksStarted, settings, software, connection, replaces, port };
  return startTask({ ...newProvision(id), ...kept }, 'identify');
}

/** What was planned before counts no more; a push that is open stays on record. */
const plan = (state: ProvisionState): ProvisionState =>
  startTask({ ...state, ...unplanned, leftOut: state.leftOut, step: 'difference' }, 'plan');

export const provisionWizard = defineWizard<ProvisionState, ProvisionAction>({
  steps: provisionSteps,
  facts: [
    'identified',
    'planned',
    'pushing',
    'recovered',
    'credential',
    'pushed',
    'proved',
    'clock',
    'confirmed',
    'rolledBack',
    'saw',
    'brokerProved',
  ],
  blocked,
  stepBlocked,
  reduce: (state, action) => {
    switch (action.type) {
      case 'identify':
        return identify(state, action.port);
      case 'identified':
        return { ...endTask(state), unit: action.unit, step: 'describe' };
      case 'describe': {
        const { settings, software } = action;
        return { ...state, ...unplanned, settings, software, failure: null, step: 'connect' };
      }
      case 'connect':
        return plan({ ...state, connection: action.connection, leftOut: [] });
      case 'leaveOut':
        return plan({ ...state, leftOut: action.lines });
      case 'planned': {
        const { asFound, difference, software: planned, plan: files } = action;
        return { ...endTask(state), asFound, difference, planned, plan: files };
      }
      case 'push':
        return startTask({ ...state, step: 'push', recovery: null, pushed: null, proof: null }, 'push');
      case 'pushing':
        return { ...state, journal: action.journal };
      case 'recovered':
        return { ...state, recovery: action.recovery };
      case 'credential':
        return { ...state, credential: action.credential };
      case 'pushed':
        return { ...state, pushed: action.files, step: 'proof' };
      case 'proved':
        return { ...state, proof: action.proof, selfTest: action.selfTest, agent: action.agent };
      case 'clock':
        return { ...state, clock: action.clock };
      case 'confirmed':
        return { ...endTask(state), journal: action.journal };
      case 'rollBack':
        return startTask({ ...state, brokerProved: false }, 'rollBack');
      case 'rolledBack':
        return { ...endTask(state), journal: action.journal, pushed: null, proof: null };
      case 'proveBroker':
        return startTask({ ...state, sights: [], brokerProved: false }, 'broker');
      case 'saw':
        return { ...state, sights: [...state.sights, action.sight] };
      case 'brokerProved':
        return { ...endTask(state), brokerProved: true };
    }
  },
});
