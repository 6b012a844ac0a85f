import type { AuthorRule } from '../../shared/contract/author.ts';
import type { RuleEvent } from '../../shared/contract/devices.ts';
import type { RuleTest, RunSeen, TestOutcome } from '../../shared/contract/lab.ts';
import type { Replayed, SweptPoint, WhyNotAnswer, WhyRuleState } from '../../shared/contract/lab-methods.ts';
import type { DataFault } from '../../shared/contract/recordings.ts';
import {
  type Beside,
  besideOf,
  faultsOf,
  type ImproveRequest,
  improve,
  injectFaults,
  keepAsTest,
  type Recording,
  replayRecording,
  runRuleTest,
  runSeen,
  sweep,
  whyAt,
  whyNot,
} from '../../shared/rules/lab/lab.ts';
import type { CompileChannel, CompileOptions } from '../../shared/rules/rules.ts';
import { type Plot, type PlotChannel, plotOf } from './plot.ts';

/** A recording in memory, the channels of its unit, and what is put into it. */
export interface Given {
  recording: Recording;
  channels: readonly (CompileChannel & PlotChannel)[];
  /** How rules are compiled for this unit. */
  options: CompileOptions;
  faults: readonly DataFault[];
  seed: number;
}

type Draft = { text: string };
type RunFacts = Pick<RunSeen, 'origin' | 'name' | 'data' | 'revision' | 'normal'>;
type Swept = { rules: readonly AuthorRule[]; rule: number; path: string; values: readonly string[] };

/** What a contract's list of alarms holds. */
const mostAlarms = 2000;

const withFaults = ({ recording, channels, faults, seed }: Given): Recording =>
  injectFaults(recording, faultsOf(faults, channels, recording.times[0] ?? 0), seed);

const triedOn = (given: Given) => ({
  channels: given.channels,
  options: given.options,
  recording: withFaults(given),
});

function replay(given: Given, { text }: Draft): Omit<Replayed, 'revision' | 'sentences'> {
  const recording = withFaults(given);
  const { rules, late, duration } = replayRecording(JSON.parse(text), recording);
  const from = recording.times[0] ?? 0;
  const shown = rules.map((rule) => ({ ...rule, alarms: rule.alarms.slice(0, mostAlarms) }));
  return { from, to: from + duration, frames: recording.times.length, late, rules: shown };
}

/** Everything that is asked of a recording; each runs in the lab's thread. */
export const labCalls = {
  plot: (given: Given, view: { from: number | null; to: number | null; points: number }): Plot =>
    plotOf(withFaults(given), given.channels, view),
  replay,
  sweep: (given: Given, swept: Swept): SweptPoint[] => sweep({ ...swept, ...triedOn(given) }),
  why: (given: Given, { text, at }: Draft & { at: number }): { t: number; rules: WhyRuleState[] } =>
    whyAt(JSON.parse(text), withFaults(given), at, given.channels),
  whyNot: (
    given: Given,
    { text, ...asked }: Draft & { rule: number; from: number; to: number },
  ): WhyNotAnswer => whyNot(JSON.parse(text), withFaults(given), asked, given.channels),
  beside: (given: Given, { text, events }: Draft & { events: readonly RuleEvent[] }): Beside =>
    besideOf(JSON.parse(text), withFaults(given), { events }),
  improve: (given: Given, asked: Omit<ImproveRequest, keyof ReturnType<typeof triedOn>>): string | null =>
    improve({ ...asked, ...triedOn(given) }),
  count: (given: Given, { text, run }: Draft & { run: RunFacts }): RunSeen =>
    runSeen(JSON.parse(text), withFaults(given), run),
  /** Its faults are the test's own. */
  keep: (
    { recording, channels }: Given,
    { text, test }: Draft & { test: Omit<RuleTest, 'test' | 'expected'> },
  ): RuleTest => keepAsTest(JSON.parse(text), recording, test, channels),
  test: ({ recording, channels }: Given, { text, test }: Draft & { test: RuleTest }): TestOutcome =>
    runRuleTest(JSON.parse(text), recording, test, channels),
} as const;

export type LabCalls = typeof labCalls;
export type LabCall = keyof LabCalls;
export type CallParams<C extends LabCall> = Parameters<LabCalls[C]>[1];
export type CallResult<C extends LabCall> = ReturnType<LabCalls[C]>;
