import type { CalibrateAction, CalibrateState, PointResult } from '../contract/calibrate.ts';
import { calibrateSteps } from '../contract/calibrate.ts';
import type { Blocked } from '../contract/wizard.ts';
import { defineWizard, endTask, startTask } from './wizard.ts';

export function newCalibrate(id: string, unit: string, port: string): CalibrateState {
  return {
    kind: 'calibrate',
    id,
    step: 'plan',
    task: null,
    tasksStarted: 0,
    failure: null,
    done: false,
    unit,
    port,
    referencePort: null,
    reference: null,
    plan: null,
    asFound: [],
    fit: null,
    writing: false,
    written: null,
    asLeft: [],
    override: null,
    verdict: null,
    unadjusted: false,
  };
}

/** The run that the next measurement belongs to. */
export function presentRun(state: CalibrateState): 'as-found' | 'as-left' {
  return state.written === null ? 'as-found' : 'as-left';
}

export function runResults(state: CalibrateState): PointResult[] {
  return presentRun(state) === 'as-found' ? state.asFound : state.asLeft;
}

/** Nominal of the next point of the present run; null when the run is complete or there is no plan. */
export function nextPoint(state: CalibrateState): string | null {
  return state.plan?.points[runResults(state).length] ?? null;
}

const complete = (state: CalibrateState, results: PointResult[]): boolean =>
  state.plan !== null && results.length === state.plan.points.length;

export const withinTolerance = (results: PointResult[]): boolean =>
  results.length > 0 && results.every((result) => result.withinTolerance);

/** The unit holds new coefficients, or may hold them, that no as-left run has verified. */
export function adjustedNotVerified(state: CalibrateState): boolean {
  return state.writing && state.verdict === null;
}

function stepBlocked(state: CalibrateState, step: CalibrateState['step']): Blocked | null {
  switch (step) {
    case 'plan':
      return state.asFound.length > 0 ? { key: 'planIsFixed' } : null;
    case 'as-found':
      if (state.plan === null) return { key: 'planFirst' };
      return state.reference === null ? { key: 'referenceFirst' } : null;
    case 'adjust':
      return complete(state, state.asFound) ? null : { key: 'asFoundFirst' };
    case 'as-left':
      return state.written === null ? { key: 'adjustFirst' } : null;
    case 'result':
      return state.verdict === null ? { key: 'asLeftFirst' } : null;
  }
}

function blocked(state: CalibrateState, intent: CalibrateAction['type']): Blocked | null {
  switch (intent) {
    case 'plan':
    case 'chooseReference':
      return stepBlocked(state, 'plan');
    case 'measure':
      if (state.plan === null || state.reference === null) return stepBlocked(state, 'as-found');
      if (state.writing && state.written === null) return { key: 'adjustFirst' };
      return nextPoint(state) === null ? { key: 'runComplete' } : null;
    case 'adjust':
      return state.written === null ? stepBlocked(state, 'adjust') : { key: 'adjustedAlready' };
    case 'leaveAsFound':
      if (state.writing) return { key: 'adjustedAlready' };
      if (!complete(state, state.asFound)) return { key: 'asFoundFirst' };
      return withinTolerance(state.asFound) ? null : { key: 'outOfTolerance' };
    case 'finish':
      return stepBlocked(state, 'result');
    default:
      return null;
  }
}

function measured(state: CalibrateState, run: 'as-found' | 'as-left', result: PointResult): CalibrateState {
  const key = run === 'as-found' ? 'asFound' : 'asLeft';
  const results = [...state[key], result];
  const next: CalibrateState = { ...endTask(state), [key]: results, override: null };
  if (!complete(next, results)) return next.reference?.source === true ? startTask(next, 'measure') : next;
  if (run === 'as-found') return { ...next, step: 'adjust' };
  return { ...next, step: 'result', verdict: withinTolerance(results) ? 'pass' : 'fail' };
}

export const calibrateWizard = defineWizard<CalibrateState, CalibrateAction>({
  steps: calibrateSteps,
  facts: ['referenceIdentified', 'measured', 'fitted', 'writing', 'written'],
  blocked,
  duringTask: { override: 'measure' },
  stepBlocked,
  reduce: (state, action) => {
    switch (action.type) {
      case 'chooseReference':
        return startTask({ ...state, referencePort: action.port, reference: null }, 'identify-reference');
      case 'referenceIdentified':
        return { ...endTask(state), reference: action.reference };
      case 'plan':
        return {
          ...state,
          plan: action.plan,
          step: state.reference === null ? 'plan' : 'as-found',
          failure: null,
        };
      case 'measure':
        return startTask({ ...state, step: presentRun(state), override: null }, 'measure');
      case 'override':
        return { ...state, override: action.reason };
      case 'measured':
        return measured(state, action.run, action.result);
      case 'adjust':
        return startTask({ ...state, step: 'adjust' }, 'adjust');
      case 'fitted':
        return { ...state, fit: action.fit };
      case 'writing':
        return { ...state, writing: true };
      case 'written':
        return { ...endTask(state), written: action.written, step: 'as-left', asLeft: [] };
      case 'leaveAsFound':
        return { ...state, unadjusted: true, verdict: 'pass', step: 'result' };
    }
  },
});
