import { type AuthorRule, isLevel } from '../contract/validate.ts';
import { addDecimal, decimalPlaces, roundDecimal, subtractDecimal, unitSymbol } from '../units/units.ts';
import type { CompileChannel } from './compile-channel.ts';
import { durationMs } from './duration.ts';
import { conditionText } from './text-print.ts';

const withoutData = {
  clear: 'without data it counts as normal',
  fire: 'without data it fires',
  keep: 'without data it stays as it is',
} as const;

const spaced = (duration: string): string => duration.replace(/(\d)([a-z])/, '$1 $2');
const during = (duration: string): string => (durationMs(duration) === 0 ? '' : ` for ${spaced(duration)}`);

/** What fires and what clears the rule. */
function sides({ when }: AuthorRule, channels: readonly CompileChannel[]): [fires: string, clears: string] {
  const channel = channels.find(({ id }) => id === when.sensor);
  if (!isLevel(when) || !channel)
    return [`fires when ${conditionText(when)}`, 'clears when that no longer holds'];
  const side = when.above === undefined ? 'below' : 'above';
  const limit = when[side] ?? '0';
  const band = when.deadband ?? '0';
  const back = side === 'above' ? subtractDecimal(limit, band) : addDecimal(limit, band);
  const places = decimalPlaces(channel.quantum);
  const value = (text: string): string => `${roundDecimal(text, places)} ${unitSymbol(channel.unit)}`.trim();
  const reached = `at or ${side} ${value(limit)}`;
  const left = `${side === 'above' ? 'below' : 'above'} ${value(back)}`;
  const [fires, clears] = when.not ? [left, reached] : [reached, left];
  return [`fires when ${when.sensor} is ${fires}`, `clears when it is ${clears}`];
}

/** What a rule does, in one sentence for the person who signs for it. */
export function sentenceOf(rule: AuthorRule, channels: readonly CompileChannel[]): string {
  const [fires, clears] = sides(rule, channels);
  return [
    `${rule.id}: ${fires}${during(rule.for)}`,
    `${clears}${during(rule.clearAfter)}`,
    withoutData[rule.ifNoData],
    ...(rule.needsAck ? ['stays until it is acknowledged'] : []),
    ...(rule.remind
      ? [`reminds every ${spaced(rule.remind.every)}, at most ${rule.remind.times} times`]
      : []),
    ...(rule.onlyOnCrossing ? ['only a crossing counts, not how it starts'] : []),
    ...(rule.firstOut ? [`tells whether it was first of ${rule.firstOut}`] : []),
    ...(rule.inhibitedBy ? [`is silent while ${rule.inhibitedBy.join(' or ')} is active`] : []),
    ...(rule.shelveAtMost ? [`is shelved for at most ${spaced(rule.shelveAtMost)}`] : []),
    ...(rule.actions ?? []).map(({ output, level }) => `sets output ${output} to ${level}`),
    `${rule.severity} severity.`,
  ].join('; ');
}
