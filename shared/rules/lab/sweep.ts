import { AuthorRule } from '../../contract/author.ts';
import type { Mistake } from '../../contract/validate.ts';
import { fromQuanta, nearestQuanta } from '../../units/units.ts';
import { compileRules } from '../compile.ts';
import type { CompileChannel } from '../compile-channel.ts';
import type { CompileOptions } from '../compile-scope.ts';
import { durationText } from '../duration.ts';
import type { Recording } from './recording.ts';
import { type RuleReplay, replayRecording } from './replay.ts';

/** What the rule would have done with one value; or why there is no such rule. */
export type SweepPoint = { value: string } & (
  | Pick<RuleReplay, 'fires' | 'timeInAlarm' | 'alarmsPerDay' | 'noise'>
  | { mistakes: Mistake[] }
);

export interface SweepRequest {
  rules: readonly AuthorRule[];
  /** Place of the rule that is swept, and of the value in it: `when.above`, `for`, `when.all.0.deadband`. */
  rule: number;
  path: string;
  values: readonly string[];
  channels: readonly CompileChannel[];
  options?: CompileOptions;
  recording: Recording;
}

function changed(value: unknown, [key, ...rest]: readonly string[], to: string): unknown {
  // A count stays a count.
  if (key === undefined) return typeof value === 'number' ? Number(to) : to;
  if (Array.isArray(value))
    return value.map((each, i) => (String(i) === key ? changed(each, rest, to) : each));
  const fields = typeof value === 'object' && value !== null ? value : {};
  return { ...fields, [key]: changed(Reflect.get(fields, key), rest, to) };
}

/** A mistake of the only rule, at its place among all. */
const atRule = ({ path, message }: Mistake, rule: number): Mistake => ({
  path: path.replace(/^0(?=\.|$)/, String(rule)),
  message,
});

/** The rule over the recording with one value in it. */
export function replayWith(
  { rules, rule, path, channels, options, recording }: SweepRequest,
  value: string,
): RuleReplay | { mistakes: Mistake[] } {
  const draft = rules[rule];
  const parsed = AuthorRule.safeParse(changed(draft, path.split('.'), value));
  if (!parsed.success) return { mistakes: parsed.error.issues.map(({ message }) => ({ path, message })) };
  // Others matter only where they silence this one.
  const alone = draft?.inhibitedBy === undefined;
  const tried = alone ? [parsed.data] : rules.toSpliced(rule, 1, parsed.data);
  const compiled = compileRules(tried, channels, options);
  if ('mistakes' in compiled) {
    return { mistakes: compiled.mistakes.map((each) => (alone ? atRule(each, rule) : each)) };
  }
  const replay = replayRecording(JSON.parse(compiled.text), recording);
  return replay.rules[alone ? 0 : rule] ?? { mistakes: [] };
}

/** The same rule over the same recording with one value after another: alarms per day against threshold or delay. */
export function sweep(request: SweepRequest): SweepPoint[] {
  if (request.rules[request.rule] === undefined) return [];
  return request.values.map((value) => {
    const found = replayWith(request, value);
    if ('mistakes' in found) return { value, mistakes: found.mistakes };
    const { fires, timeInAlarm, alarmsPerDay, noise } = found;
    return { value, fires, timeInAlarm, alarmsPerDay, noise };
  });
}

/** `count` values from one to the other in whole steps of the channel, each once. */
export function thresholdsBetween(from: string, to: string, count: number, quantum: string): string[] {
  const [low, high] = [nearestQuanta(from, quantum), nearestQuanta(to, quantum)];
  return evenly(low, high, count).map((quanta) => fromQuanta(quanta, quantum));
}

/** `count` delays from one to the other, ms, each once. */
export const delaysBetween = (from: number, to: number, count: number): string[] =>
  evenly(from, to, count).map(durationText);

const evenly = (low: number, high: number, count: number): number[] => [
  ...new Set(
    Array.from({ length: count }, (_, i) => Math.round(low + ((high - low) * i) / Math.max(1, count - 1))),
  ),
];
