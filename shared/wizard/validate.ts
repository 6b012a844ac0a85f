import type { RuleEvent } from '../contract/devices.ts';
import type { ValidateAction, ValidateState } from '../contract/validate.ts';
import { validateSteps } from '../contract/validate.ts';
import type { Blocked } from '../contract/wizard.ts';
import { defineWizard, endTask, startTask } from './wizard.ts';

const DECISIONS_SHOWN = 200;

export function newValidate(id: string, unit: string, port: string): ValidateState {
  return {
    kind: 'validate',
    id,
    step: 'rules',
    task: null,
    tasksStarted: 0,
    failure: null,
    done: false,
    unit,
    port,
    referencePort: null,
    rules: null,
    compiled: null,
    mistakes: [],
    written: null,
    setPoints: [],
    timeoutSeconds: 0,
    evidence: [],
    decisions: [],
    comparison: null,
    verdict: null,
  };
}

/** Every rule was seen to fire and then to clear. */
export function isProven(state: ValidateState): boolean {
  return (
    state.evidence.length > 0 && state.evidence.every((rule) => rule.fired !== null && rule.cleared !== null)
  );
}

function stepBlocked(state: ValidateState, step: ValidateState['step']): Blocked | null {
  switch (step) {
    case 'rules':
      return null;
    case 'push':
      return state.compiled === null ? { key: 'rulesFirst' } : null;
    case 'prove':
      return state.written === null ? { key: 'pushRulesFirst' } : null;
    case 'result':
      return state.verdict === null ? { key: 'proveFirst' } : null;
  }
}

function blocked(state: ValidateState, intent: ValidateAction['type']): Blocked | null {
  switch (intent) {
    case 'push':
      return stepBlocked(state, 'push');
    case 'prove':
      return stepBlocked(state, 'prove');
    case 'finish':
      return stepBlocked(state, 'result');
    default:
      return null;
  }
}

/** The first ON of a rule, and the first OFF after it, are its evidence. */
function witness(state: ValidateState, event: RuleEvent): ValidateState {
  const evidence = state.evidence.map((rule, index) => {
    if (index !== event.rule) return rule;
    if (rule.fired === null) return event.kind === 'ON' ? { ...rule, fired: event } : rule;
    return rule.cleared === null && event.kind === 'OFF' ? { ...rule, cleared: event } : rule;
  });
  return { ...state, evidence, decisions: [...state.decisions, event].slice(-DECISIONS_SHOWN) };
}

const unproven = (state: ValidateState): ValidateState => ({
  ...state,
  evidence: (state.compiled?.ids ?? []).map((id) => ({ id, fired: null, cleared: null })),
  decisions: [],
  comparison: null,
  verdict: null,
});

const proofOf = ({
  referencePort,
  setPoints,
  timeoutSeconds,
}: Extract<ValidateAction, { type: 'prove' }>) => ({
  referencePort,
  setPoints,
  timeoutSeconds,
});

export const validateWizard = defineWizard<ValidateState, ValidateAction>({
  steps: validateSteps,
  facts: ['compiled', 'mistaken', 'written', 'decided', 'differed', 'compared'],
  blocked,
  stepBlocked,
  reduce: (state, action) => {
    switch (action.type) {
      case 'rules': {
        const blank = { ...state, rules: action.rules, compiled: null, mistakes: [], written: null };
        return startTask(unproven(blank), 'compile');
      }
      case 'compiled':
        return { ...endTask(state), compiled: action.compiled, step: 'push' };
      case 'mistaken':
        return { ...endTask(state), mistakes: action.mistakes };
      case 'push':
        return startTask(unproven({ ...state, written: null }), 'push');
      case 'written':
        return { ...endTask(state), written: action.written, step: 'prove' };
      case 'prove':
        return startTask(unproven({ ...state, ...proofOf(action), step: 'prove' }), 'prove');
      case 'decided':
        return witness(state, action.event);
      case 'differed':
        return { ...state, verdict: 'fail' };
      case 'compared': {
        const alike = action.comparison.differences.length === 0;
        const verdict = alike && isProven(state) ? 'pass' : 'fail';
        return { ...endTask(state), comparison: action.comparison, verdict, step: 'result' };
      }
    }
  },
});
