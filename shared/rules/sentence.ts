import type { AuthorRule } from '../contract/validate.ts';
import { fromQuanta, unitSymbol } from '../units/units.ts';
import type { CompileChannel } from './compile-channel.ts';
import { durationMs } from './duration.ts';
import type { Threshold } from './threshold.ts';

const withoutData = {
  clear: 'without data it counts as normal',
  fire: 'without data it fires',
  keep: 'without data it stays as it is',
} as const;

const during = (duration: string): string =>
  durationMs(duration) === 0 ? '' : ` for ${duration.replace(/(\d)([a-z])/, '$1 $2')}`;

/** What a rule does, in one sentence for the person who signs for it. */
export function sentenceOf(
  rule: AuthorRule,
  { side, limit, back }: Threshold,
  channel: CompileChannel,
): string {
  const value = (count: number): string =>
    `${fromQuanta(count, channel.quantum)} ${unitSymbol(channel.unit)}`.trim();
  const reached = `at or ${side} ${value(limit)}`;
  const left = `${side === 'above' ? 'below' : 'above'} ${value(back)}`;
  const [fires, clears] = rule.when.not ? [left, reached] : [reached, left];
  return [
    `${rule.id}: fires when ${rule.when.sensor} is ${fires}${during(rule.for)}`,
    `clears when it is ${clears}${during(rule.clearAfter)}`,
    withoutData[rule.ifNoData],
    `${rule.severity} severity.`,
  ].join('; ');
}
