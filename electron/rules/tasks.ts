import { createHash } from 'node:crypto';
import { Failure } from '../../shared/contract/failure.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { ValidateFact, ValidateState } from '../../shared/contract/validate.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import type { RunTask, TaskTable } from '../../shared/wizard/task.ts';
import type { Connections } from '../drivers/connections.ts';
import type { SharedReferences } from '../drivers/shared-reference.ts';
import { proveRules } from './prove.ts';
import { pushRules } from './push.ts';

export interface RuleTools {
  connections: Connections;
  references: SharedReferences;
  /** The profile that the unit was provisioned with. */
  profileOf: (unit: string) => Profile;
  /** Where a unit is now; `opened` is where it was when the wizard was opened. */
  portOf: (unit: string, opened: string) => string;
}

type Task = RunTask<ValidateState, ValidateFact>;

/** The tasks of the rules wizard: compile, push the exact bytes, prove them on live data. */
export function ruleTasks(tools: RuleTools): TaskTable<ValidateState, ValidateFact> {
  return { compile: compile(tools), push: push(tools), prove: prove(tools) };
}

const compile =
  ({ profileOf }: RuleTools): Task =>
  async (state, { fact }) => {
    const compiled = compileRules(state.rules ?? [], profileOf(state.unit).channels);
    if ('mistakes' in compiled) return fact({ type: 'mistaken', mistakes: compiled.mistakes });
    const sha256 = createHash('sha256').update(compiled.text).digest('hex');
    fact({ type: 'compiled', compiled: { ...compiled, sha256, revision: sha256.slice(0, 8) } });
  };

const push =
  ({ connections, portOf }: RuleTools): Task =>
  async (state, { fact, signal }) => {
    if (!state.compiled) throw new Failure('STEP_BLOCKED', { detail: 'there is no rule set' });
    const link = await connections.agent(portOf(state.unit, state.port), state.unit, signal);
    fact({ type: 'written', written: await pushRules(link, state.compiled) });
  };

const prove =
  ({ connections, references, profileOf, portOf }: RuleTools): Task =>
  async (state, { fact, progress, signal }) => {
    const { compiled } = state;
    if (!compiled) throw new Failure('STEP_BLOCKED', { detail: 'there is no rule set' });
    const link = await connections.agent(portOf(state.unit, state.port), state.unit, signal);
    const reference =
      state.referencePort === null ? null : await references.for(state.port, state.referencePort, signal);
    const { comparison } = await proveRules({
      link,
      compiled,
      channels: profileOf(state.unit).channels,
      ...(reference ? { drive: (value: string) => reference.setPoint(value) } : {}),
      setPoints: state.setPoints,
      timeoutSeconds: state.timeoutSeconds,
      signal,
      onDecided: (event) => fact({ type: 'decided', event }),
      onDiffered: (difference) => fact({ type: 'differed', difference }),
      onProgress: ({ fired, cleared, rules, frames }) =>
        progress('proving', { fired, cleared, rules, frames }, fired + cleared, 2 * rules),
    });
    fact({ type: 'compared', comparison, runs: [] });
  };
