import type { AuthorCondition, AuthorRule } from '../contract/author.ts';
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

type Words = [holds: string, ends: string];

const compared: readonly string[] = ['sensor', 'minus', 'above', 'below', 'outside', 'deadband', 'not'];

/** A channel, or one minus another, against limits: from where on it holds, and where it ends to. Null: it is none. */
function comparison(when: AuthorCondition, channels: readonly CompileChannel[]): Words | null {
  const channel = channels.find(({ id }) => id === when.sensor);
  if (!channel || !Object.keys(when).every((key) => compared.includes(key))) return null;
  if (when.minus !== undefined && typeof when.minus !== 'string') return null;
  const subject = when.minus === undefined ? channel.id : `${channel.id} minus ${when.minus}`;
  const band = when.deadband ?? '0';
  const places = decimalPlaces(channel.quantum);
  const value = (text: string): string => `${roundDecimal(text, places)} ${unitSymbol(channel.unit)}`.trim();
  const words = (): Words | null => {
    if (when.above !== undefined)
      return [`at or above ${value(when.above)}`, `below ${value(subtractDecimal(when.above, band))}`];
    if (when.below !== undefined)
      return [`at or below ${value(when.below)}`, `above ${value(addDecimal(when.below, band))}`];
    if (when.outside === undefined) return null;
    const [low, high] = when.outside;
    return [
      `below ${value(low)} or above ${value(high)}`,
      `within ${value(addDecimal(low, band))} to ${value(subtractDecimal(high, band))}`,
    ];
  };
  const told = words();
  if (told === null) return null;
  const [holds, ends] = when.not ? [told[1], told[0]] : told;
  return [`${subject} is ${holds}`, `it is ${ends}`];
}

/** One thing, and what does not follow it: it ends when that comes after all, or when the first begins anew. */
function missing(when: AuthorCondition, channels: readonly CompileChannel[]): Words | null {
  if (when.not || !when.first || !when.without || when.without.not) return null;
  const [first] = comparison(when.first, channels) ?? [null];
  const [other] = comparison(when.without, channels) ?? [null];
  if (first === null || other === null) return null;
  const not = other.replace(' is ', ' is not ');
  return [
    `${first} and within ${spaced(when.within ?? '')} ${not}`,
    `${other}, or the wait for it begins anew`,
  ];
}

/** What fires and what clears the rule. */
function sides({ when }: AuthorRule, channels: readonly CompileChannel[]): Words {
  const [holds, ends] = comparison(when, channels) ??
    missing(when, channels) ?? [conditionText(when), 'that no longer holds'];
  return [`fires when ${holds}`, `clears when ${ends}`];
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
