import { Failure } from '../../shared/contract/failure.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { ValidateFact, ValidateState } from '../../shared/contract/validate.ts';
import type { RunTask, TaskTable } from '../../shared/wizard/task.ts';
import { coverageNow, isSelfTested } from '../../shared/wizard/validate.ts';
import type { Connections } from '../drivers/connections.ts';
import type { AgentHello } from '../drivers/driver.ts';
import type { SharedReferences } from '../drivers/shared-reference.ts';
import { type CompileTarget, compiledFor } from './compiled.ts';
import { tellProof } from './proof-progress.ts';
import { proveRules } from './prove.ts';
import { demandEngine, pushRules } from './push.ts';
import { selfTestRules } from './self-test.ts';

export interface RuleTools {
  connections: Connections;
  references: SharedReferences;
  /** The profile that the unit was provisioned with. */
  profileOf: (unit: string) => Profile;
  /** What the compiler must know of a unit. */
  targetOf: (unit: string) => CompileTarget;
  /** Where a unit is now; `opened` is where it was when the wizard was opened. */
  portOf: (unit: string, opened: string) => string;
}

type Task = RunTask<ValidateState, ValidateFact>;

/** The tasks of the rules wizard: compile, push the exact bytes, prove them on live data. */
export function ruleTasks(tools: RuleTools): TaskTable<ValidateState, ValidateFact> {
  return { compile: compile(tools), push: push(tools), prove: prove(tools) };
}

const compile =
  ({ targetOf }: RuleTools): Task =>
  async (state, { fact }) => {
    const compiled = compiledFor(targetOf(state.unit), state.rules ?? []);
    if ('mistakes' in compiled) fact({ type: 'mistaken', mistakes: compiled.mistakes });
    else fact({ type: 'compiled', compiled });
  };

const push =
  ({ connections, portOf }: RuleTools): Task =>
  async (state, { fact, progress, signal }) => {
    const { compiled } = state;
    if (!compiled) throw new Failure('STEP_BLOCKED', { detail: 'there is no rule set' });
    demandTested(state);
    const link = await connections.agent(portOf(state.unit, state.port), state.unit, signal);
    const hello = await link.hello();
    demandEngine(hello);
    progress('writingRules', {}, 0, 1);
    fact({ type: 'written', written: await pushRules(link, compiled) });
    const tested = await selfTestRules(link, compiled, {
      onVector: (done, vectors) => progress('selfTesting', { done, vectors }, done, vectors),
      signal,
    });
    const selfTest = { ...tested, software: hello.manifest };
    fact({ type: 'selfTested', selfTest });
    if (!isSelfTested({ ...state, selfTest })) {
      throw new Failure('SELF_TEST_FAILED', { vectors: selfTest.vectors }, { deviceState: 'rules-untested' });
    }
  };

/** Fails with RULE_TEST_FAILED unless every kept test has passed on these very rules. */
function demandTested({ tests, tested }: ValidateState): void {
  for (const { name } of tests) {
    const outcome = tested.find((one) => one.name === name);
    if (outcome?.passed) continue;
    const why = outcome ? (outcome.first ?? 'it decides otherwise') : 'it has not run on these rules';
    throw new Failure('RULE_TEST_FAILED', { detail: `${name}: ${why}` });
  }
}

/** What other software decides, the self-test does not say. Fails with STEP_BLOCKED. */
function demandTestedSoftware({ selfTest }: ValidateState, { manifest }: AgentHello): void {
  if (selfTest?.software === undefined || selfTest.software === manifest) return;
  throw new Failure('STEP_BLOCKED', {
    detail: 'the unit got other software after its self-test, so the rules must be pushed again',
  });
}

const prove =
  ({ connections, references, profileOf, portOf }: RuleTools): Task =>
  async (state, { fact, progress, signal }) => {
    const { compiled } = state;
    if (!compiled) throw new Failure('STEP_BLOCKED', { detail: 'there is no rule set' });
    const link = await connections.agent(portOf(state.unit, state.port), state.unit, signal);
    demandTestedSoftware(state, await link.hello());
    const reference =
      state.referencePort === null ? null : await references.for(state.port, state.referencePort, signal);
    const { comparison, runs } = await proveRules({
      link,
      unit: state.unit,
      compiled,
      channels: profileOf(state.unit).channels,
      ...(reference ? { drive: (value: string) => reference.setPoint(value) } : {}),
      setPoints: state.setPoints,
      timeoutSeconds: state.timeoutSeconds,
      quietSeconds: state.quietSeconds,
      needsQuiet: (seen) =>
        coverageNow({ ...state, runs: [...state.runs, ...seen] }).some(({ quiet }) => quiet === null),
      signal,
      onDecided: (event) => fact({ type: 'decided', event }),
      onDiffered: (difference) => fact({ type: 'differed', difference }),
      onProgress: (now) => tellProof(now, progress),
    });
    fact({ type: 'compared', comparison, runs });
  };
