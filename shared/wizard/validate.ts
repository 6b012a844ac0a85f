import type { RuleEvent } from '../contract/devices.ts';
import type { RuleTest } from '../contract/lab.ts';
import type { ValidateAction, ValidateState } from '../contract/validate.ts';
import { validateSteps } from '../contract/validate.ts';
import type { Blocked } from '../contract/wizard.ts';
import { type Covered, coverageOf } from '../rules/lab/coverage.ts';
import { defineWizard, endTask, startTask } from './wizard.ts';

const DECISIONS_SHOWN = 200;
/** Enough to see on a bench; who relies on the rule asks for more. */
const usualQuietSeconds = 10;
/** What the contract's list holds, less the two that a proof adds. */
const roomForRuns = 98;

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
    basedOn: null,
    compiled: null,
    tests: [],
    tested: [],
    runs: [],
    quietSeconds: usualQuietSeconds,
    mistakes: [],
    written: null,
    selfTest: null,
    asked: null,
    watched: null,
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

/** The unit's own engine decided on the vectors as the app did, by the very rules that are on it. */
export const isSelfTested = ({ selfTest, compiled }: ValidateState): boolean =>
  selfTest !== null &&
  selfTest.vectors > 0 &&
  selfTest.found === selfTest.expected &&
  selfTest.revision === compiled?.revision;

/** Each rule of the compiled set by its evidence. */
export const coverageNow = ({ compiled, runs, quietSeconds }: ValidateState): Covered[] =>
  coverageOf(
    compiled?.ids.length ?? 0,
    runs.filter(({ revision }) => revision === compiled?.revision),
    quietSeconds * 1000,
  );

function stepBlocked(state: ValidateState, step: ValidateState['step']): Blocked | null {
  switch (step) {
    case 'rules':
      return null;
    case 'try':
      return state.compiled === null ? { key: 'rulesFirst' } : null;
    case 'push':
      return (
        stepBlocked(state, 'try') ??
        (state.tested.some(({ passed }) => !passed) ? { key: 'testsFail' } : null)
      );
    case 'prove':
      if (state.written === null) return { key: 'pushRulesFirst' };
      return isSelfTested(state) ? null : { key: 'selfTestFirst' };
    case 'result':
      return state.verdict === null ? { key: 'proveFirst' } : null;
  }
}

/** None is left out in silence: it may be a false alarm. */
const evidenceFull = ({ runs }: ValidateState): Blocked | null =>
  runs.length >= roomForRuns ? { key: 'evidenceFull' } : null;

function blocked(state: ValidateState, intent: ValidateAction['type']): Blocked | null {
  switch (intent) {
    case 'push':
      return stepBlocked(state, 'push');
    case 'prove':
      return stepBlocked(state, 'prove') ?? evidenceFull(state);
    case 'finish':
      return stepBlocked(state, 'result');
    case 'keepTest':
      return stepBlocked(state, 'try');
    case 'count':
    case 'shadow':
      return stepBlocked(state, 'try') ?? evidenceFull(state);
    default:
      return null;
  }
}

/** The first ON of a rule, and the first end after it, are its evidence; what is latched has ended, but for an acknowledgement. */
function witness(state: ValidateState, event: RuleEvent): ValidateState {
  const evidence = state.evidence.map((rule, index) => {
    if (index !== event.rule) return rule;
    if (rule.fired === null) return event.kind === 'ON' ? { ...rule, fired: event } : rule;
    return rule.cleared === null && (event.kind === 'OFF' || event.kind === 'RTN')
      ? { ...rule, cleared: event }
      : rule;
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

const unwritten = (state: ValidateState): ValidateState => ({ ...state, written: null, selfTest: null });

/** A test of the same name is replaced. */
function withTest(state: ValidateState, test: RuleTest): ValidateState {
  const others = state.tests.filter(({ name }) => name !== test.name);
  const passed = { name: test.name, passed: true, missing: 0, unexpected: 0, first: null };
  return {
    ...state,
    tests: [...others, test],
    tested: [...state.tested.filter(({ name }) => name !== test.name), passed],
  };
}

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
  facts: [
    'compiled',
    'mistaken',
    'tested',
    'kept',
    'seen',
    'written',
    'selfTested',
    'decided',
    'differed',
    'compared',
  ],
  blocked,
  stepBlocked,
  reduce: (state, action) => {
    switch (action.type) {
      case 'rules': {
        const { rules, basedOn = null } = action;
        const blank = { ...state, rules, basedOn, compiled: null, mistakes: [], tested: [] };
        return startTask(unproven(unwritten(blank)), 'compile');
      }
      case 'compiled': {
        const next = { ...endTask(state), compiled: action.compiled, step: 'try' } as const;
        const again = next.tests.length > 0 || next.runs.length > 0;
        return again ? startTask(next, 'test') : next;
      }
      case 'mistaken':
        return { ...endTask(state), mistakes: action.mistakes };
      case 'tested':
        return { ...endTask(state), tested: action.tested, runs: action.runs };
      case 'count':
        return startTask(
          { ...state, asked: { data: action.data, normal: action.normal, name: null } },
          'count',
        );
      case 'shadow':
        return startTask({ ...state, watched: { normal: action.normal, faults: action.faults } }, 'shadow');
      case 'seen':
        return { ...endTask(state), runs: [...state.runs, action.run] };
      case 'forget':
        return { ...state, runs: state.runs.toSpliced(action.run, 1) };
      case 'keepTest':
        return startTask(
          { ...state, asked: { data: action.data, normal: false, name: action.name } },
          'keep',
        );
      case 'kept':
        return withTest(endTask(state), action.test);
      case 'dropTest': {
        const place = state.tests.findIndex(({ name }) => name === action.name);
        if (place < 0) return state;
        return {
          ...state,
          tests: state.tests.toSpliced(place, 1),
          tested: state.tested.filter(({ name }) => name !== action.name),
        };
      }
      case 'quiet':
        return { ...state, quietSeconds: action.seconds };
      case 'push':
        return startTask(unproven(unwritten(state)), 'push');
      case 'written':
        return { ...state, written: action.written };
      case 'selfTested':
        return isSelfTested({ ...state, selfTest: action.selfTest })
          ? { ...endTask(state), selfTest: action.selfTest, step: 'prove' }
          : { ...state, selfTest: action.selfTest };
      case 'prove':
        return startTask(unproven({ ...state, ...proofOf(action), step: 'prove' }), 'prove');
      case 'decided':
        return witness(state, action.event);
      case 'differed':
        return { ...state, verdict: 'fail' };
      case 'compared': {
        const alike = action.comparison.differences.length === 0;
        const verdict = alike && isProven(state) ? 'pass' : 'fail';
        const runs = [...state.runs, ...(action.runs ?? [])];
        return { ...endTask(state), comparison: action.comparison, runs, verdict, step: 'result' };
      }
    }
  },
});
