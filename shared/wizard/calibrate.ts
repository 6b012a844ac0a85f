import type { CalibrateAction, CalibrateState, PointResult } from '../contract/calibrate.ts';
import { CalibrationPlan, calibrateSteps } from '../contract/calibrate.ts';
import { noCircumstances } from '../contract/certificate.ts';
import type { RunEvaluation } from '../contract/evaluation.ts';
import { Failure } from '../contract/failure.ts';
import type { Blocked } from '../contract/wizard.ts';
import { compareDecimal } from '../units/units.ts';
import { stationsOf } from './stations.ts';
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
    source: { kind: 'scpi' },
    chosenStandard: null,
    standard: null,
    concerns: [],
    standardOverride: null,
    typed: null,
    plan: null,
    foundWith: null,
    asFound: [],
    asFoundEvaluation: null,
    fit: null,
    writing: false,
    written: null,
    asLeft: [],
    asLeftEvaluation: null,
    circumstances: noCircumstances,
    override: null,
    verdict: null,
    unadjusted: false,
    leftBecause: null,
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
  return (state.plan && stationsOf(state.plan)[runResults(state).length]?.nominal) ?? null;
}

const complete = (state: CalibrateState, results: PointResult[]): boolean =>
  state.plan !== null && results.length === stationsOf(state.plan).length;

const withinTolerance = (results: PointResult[]): boolean =>
  results.length > 0 && results.every((result) => result.withinTolerance);

/** The verdict on a complete run: by the agreed decision rule; without an evaluation each error by the tolerance. */
export function runPassed(results: PointResult[], evaluation: RunEvaluation | null): boolean {
  if (evaluation === null) return withinTolerance(results);
  return evaluation.verdict === 'pass' || evaluation.verdict === 'conditional-pass';
}

/** What was found is good enough to be left as it is. */
export const needsNoAdjustment = ({ asFound, asFoundEvaluation }: CalibrateState): boolean =>
  asFoundEvaluation?.withinAsLeftLimit ?? withinTolerance(asFound);

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
    case 'overrideStandard':
      return state.reference === null ? { key: 'referenceFirst' } : null;
    case 'measure':
      if (state.plan === null || state.reference === null) return stepBlocked(state, 'as-found');
      if (state.writing && state.written === null) return { key: 'adjustFirst' };
      return nextPoint(state) === null ? { key: 'runComplete' } : null;
    case 'adjust':
      return state.written === null ? stepBlocked(state, 'adjust') : { key: 'adjustedAlready' };
    case 'leaveAsFound':
      if (state.writing) return { key: 'adjustedAlready' };
      if (!complete(state, state.asFound)) return { key: 'asFoundFirst' };
      return needsNoAdjustment(state) ? null : { key: 'outOfTolerance' };
    case 'leaveUnadjusted':
      if (state.writing) return { key: 'adjustedAlready' };
      if (!complete(state, state.asFound)) return { key: 'asFoundFirst' };
      return needsNoAdjustment(state) ? { key: 'withinLimits' } : null;
    case 'finish':
      return stepBlocked(state, 'result');
    default:
      return null;
  }
}

function measured(
  state: CalibrateState,
  action: Extract<CalibrateAction, { type: 'measured' }>,
): CalibrateState {
  const { run, result, evaluation = null, line } = action;
  const key = run === 'as-found' ? 'asFound' : 'asLeft';
  const results = [...state[key], result];
  const next: CalibrateState = {
    ...endTask(state),
    foundWith: state.foundWith ?? (run === 'as-found' ? (line ?? null) : null),
    [key]: results,
    [`${key}Evaluation` as const]: evaluation,
    override: null,
    typed: null,
  };
  if (!complete(next, results)) return next.reference?.source === true ? startTask(next, 'measure') : next;
  if (run === 'as-found') return { ...next, step: 'adjust' };
  return { ...next, step: 'result', verdict: runPassed(results, evaluation) ? 'pass' : 'fail' };
}

function chosen(
  state: CalibrateState,
  action: Extract<CalibrateAction, { type: 'chooseReference' }>,
): CalibrateState {
  return startTask(
    {
      ...state,
      referencePort: action.port === '' ? null : action.port,
      // Journals of before name no source.
      source: action.source ?? { kind: 'scpi' },
      chosenStandard: action.standard ?? null,
      reference: null,
      standard: null,
      concerns: [],
      standardOverride: null,
    },
    'identify-reference',
  );
}

/** What spoke against the standard when a reading was taken is not undone by a later day on which it does not. */
const withEarlier = (
  { asFound, concerns }: CalibrateState,
  now: CalibrateState['concerns'],
): CalibrateState['concerns'] => [
  ...now,
  ...(asFound.length > 0 ? concerns : []).filter(({ code }) => !now.some((concern) => concern.code === code)),
];

function refuse(action: CalibrateAction): Failure | null {
  if (action.type === 'typeReading' && compareDecimal(action.first, action.again) !== 0)
    return new Failure('READINGS_DISAGREE', { first: action.first, again: action.again });
  // Not of the schema: a journal of before may hold one, and must open all the same.
  if (action.type === 'plan' && compareDecimal(action.plan.tolerance, '0') <= 0)
    return new Failure('STEP_BLOCKED', { detail: 'the tolerance must be above 0' });
  return null;
}

export const calibrateWizard = defineWizard<CalibrateState, CalibrateAction>({
  steps: calibrateSteps,
  facts: ['referenceIdentified', 'standardChecked', 'measured', 'fitted', 'writing', 'written'],
  blocked,
  duringTask: { override: 'measure', typeReading: 'measure' },
  // An amended certificate needs what was wrong put right; what was measured stays as it is.
  afterEnd: ['circumstances'],
  stepBlocked,
  refuse,
  reduce: (state, action) => {
    switch (action.type) {
      case 'chooseReference':
        return chosen(state, action);
      case 'referenceIdentified':
        return { ...endTask(state), reference: action.reference, standard: action.standard ?? null };
      case 'plan':
        return {
          ...state,
          // Journals of before lack what came since; the schema knows what they meant.
          plan: CalibrationPlan.parse(action.plan),
          step: state.reference === null ? 'plan' : 'as-found',
          failure: null,
        };
      case 'overrideStandard':
        return { ...state, standardOverride: action.reason, failure: null };
      case 'standardChecked':
        return { ...state, concerns: withEarlier(state, action.concerns) };
      case 'circumstances':
        return { ...state, circumstances: action.circumstances };
      case 'measure':
        return startTask({ ...state, step: presentRun(state), override: null, typed: null }, 'measure');
      case 'override':
        // The reading that was meant may have been taken meanwhile, and the next one be under way.
        return action.task === undefined || action.task === state.task?.id
          ? { ...state, override: action.reason }
          : state;
      case 'typeReading':
        return { ...state, typed: action.first };
      case 'measured':
        return measured(state, action);
      case 'adjust':
        // Also of a unit that was to be left as found: from here on that does not hold any more.
        return startTask(
          { ...state, step: 'adjust', unadjusted: false, leftBecause: null, verdict: null },
          'adjust',
        );
      case 'fitted':
        return { ...state, fit: action.fit };
      case 'writing':
        return { ...state, writing: true };
      case 'written':
        return { ...endTask(state), written: action.written, step: 'as-left', asLeft: [] };
      case 'leaveAsFound':
      case 'leaveUnadjusted':
        return {
          ...state,
          unadjusted: true,
          leftBecause: action.type === 'leaveUnadjusted' ? action.reason : null,
          verdict: passedAsFound(state),
          step: 'result',
        };
    }
  },
});

/** Within the as-left limits is within the tolerance by the same rule; an override of it does not pass a unit. */
const passedAsFound = ({ asFound, asFoundEvaluation }: CalibrateState): 'pass' | 'fail' =>
  runPassed(asFound, asFoundEvaluation) ? 'pass' : 'fail';
