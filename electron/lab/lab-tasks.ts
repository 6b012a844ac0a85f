import { Failure } from '../../shared/contract/failure.ts';
import type { RuleTest, RunSeen, TestOutcome } from '../../shared/contract/lab.ts';
import type { LabData, RecordingFacts } from '../../shared/contract/recordings.ts';
import type { CompiledRules, ValidateFact, ValidateState } from '../../shared/contract/validate.ts';
import type { RunTask, TaskTable } from '../../shared/wizard/task.ts';
import type { LabSource } from './lab-messages.ts';
import type { LabThread } from './lab-thread.ts';
import { type ShadowTools, shadow } from './shadow-task.ts';

export interface LabTaskTools extends ShadowTools {
  thread: LabThread;
  /** A recording in the numbers of a unit. @throws Failure NOT_FOUND */
  sourceOf: (data: LabData, unit: string) => { facts: RecordingFacts; source: LabSource };
}

type Task = RunTask<ValidateState, ValidateFact>;

/** What the contract's list of tests holds. */
const mostTests = 50;

/** Tasks of the rules wizard that try rules: kept tests, evidence from recordings, and the shadow on live data. */
export const labTasks = (tools: LabTaskTools): TaskTable<ValidateState, ValidateFact> => ({
  test: test(tools),
  count: count(tools),
  keep: keep(tools),
  shadow: shadow(tools),
});

function compiledOf({ compiled }: ValidateState): CompiledRules {
  if (!compiled) throw new Failure('STEP_BLOCKED', { detail: 'there is no rule set' });
  return compiled;
}

const test =
  (tools: LabTaskTools): Task =>
  async (state, { fact, progress, signal }) => {
    const compiled = compiledOf(state);
    const tested: TestOutcome[] = [];
    const runs: RunSeen[] = [];
    const all = state.tests.length + state.runs.length;
    const tell = (): void => {
      const done = tested.length + runs.length;
      progress('testingRules', { done, tests: all }, done, all);
    };
    for (const kept of state.tests) {
      tell();
      tested.push(await outcomeOf(tools, state.unit, compiled, kept, signal));
    }
    for (const run of state.runs) {
      tell();
      const again = await runAgain(tools, state.unit, compiled, run, signal);
      if (again) runs.push(again);
    }
    fact({ type: 'tested', tested, runs });
  };

/** A failure that says something about the data; a defect of the app, or being stopped, is none. */
function aboutData(thrown: unknown): Failure {
  if (thrown instanceof Failure && thrown.code !== 'INTERNAL' && thrown.code !== 'CANCELLED') return thrown;
  throw thrown;
}

/** A test whose recording is gone or changed fails, and says so. */
async function outcomeOf(
  { thread, sourceOf }: LabTaskTools,
  unit: string,
  { text }: CompiledRules,
  kept: RuleTest,
  signal: AbortSignal,
): Promise<TestOutcome> {
  try {
    const { facts, source } = sourceOf({ recording: kept.recording, faults: [], seed: kept.seed }, unit);
    if (facts.sha256 === kept.sha256)
      return await thread.ask(source, 'test', { text, test: kept }, { signal });
    throw new Failure('NOT_FOUND', { thing: 'recording with the hash', id: kept.sha256.slice(0, 8) });
  } catch (thrown) {
    const { message } = aboutData(thrown);
    return { name: kept.name, passed: false, missing: kept.expected.length, unexpected: 0, first: message };
  }
}

/**
 * A replay is counted anew for other rules; what was seen live of other rules says nothing of these (null). One whose
 * recording cannot be read stays what it is: evidence of the rules before.
 */
async function runAgain(
  tools: LabTaskTools,
  unit: string,
  compiled: CompiledRules,
  run: RunSeen,
  signal: AbortSignal,
): Promise<RunSeen | null> {
  if (run.revision === compiled.revision) return run;
  if (run.data === null) return null;
  const { sha256, ...data } = run.data;
  try {
    const again = await seenOver(tools, unit, compiled, data, run.normal, signal);
    return again.data?.sha256 === sha256 ? again : run;
  } catch (thrown) {
    aboutData(thrown);
    return run;
  }
}

async function seenOver(
  { thread, sourceOf }: LabTaskTools,
  unit: string,
  { text, revision }: CompiledRules,
  data: LabData,
  normal: boolean,
  signal: AbortSignal,
): Promise<RunSeen> {
  const { facts, source } = sourceOf(data, unit);
  const { name, sha256 } = facts;
  // What another unit went through says nothing of this one.
  if (facts.unit !== unit)
    throw new Failure('TRIAL_INVALID', { detail: `the recording ${name} is of the unit ${facts.unit}` });
  const origin = data.faults.length > 0 ? 'injected' : 'recording';
  const run = { origin, name, data: { ...data, sha256 }, revision, normal } as const;
  return thread.ask(source, 'count', { text, run }, { signal });
}

const count =
  (tools: LabTaskTools): Task =>
  async (state, { fact, signal }) => {
    const { asked, unit } = state;
    if (!asked) throw new Failure('STEP_BLOCKED', { detail: 'no data were chosen' });
    const run = await seenOver(tools, unit, compiledOf(state), asked.data, asked.normal, signal);
    fact({ type: 'seen', run });
  };

const keep =
  ({ thread, sourceOf }: LabTaskTools): Task =>
  async (state, { fact, signal }) => {
    const { asked, unit } = state;
    const { text, ids } = compiledOf(state);
    if (!asked || asked.name === null) throw new Failure('STEP_BLOCKED', { detail: 'no data were chosen' });
    const { data, name } = asked;
    if (state.tests.filter((kept) => kept.name !== name).length >= mostTests)
      throw new Failure('TRIAL_INVALID', { detail: `${mostTests} tests are kept already` });
    const { facts, source } = sourceOf(data, unit);
    const kept = { ...data, name, sha256: facts.sha256, rules: ids };
    fact({ type: 'kept', test: await thread.ask(source, 'keep', { text, test: kept }, { signal }) });
  };
