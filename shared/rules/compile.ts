import type { AuthorRule, Mistake } from '../contract/validate.ts';
import type { CompileChannel } from './compile-channel.ts';
import { durationMs } from './duration.ts';
import { sentenceOf } from './sentence.ts';
import { type Threshold, thresholdOf } from './threshold.ts';

/** Text of the rule file, ids and one sentence a rule; or every mistake, its path relative to the array of rules. */
export type Compiled = { text: string; ids: string[]; sentences: string[] } | { mistakes: Mistake[] };

/** The longest delay that a unit takes, ms: 24.8 days. */
const delayMax = 2 ** 31;
const unknown = { clear: 0, fire: 1, keep: 2 } as const;
const severity = { low: 1, medium: 2, high: 3 } as const;

interface Checked {
  rule: AuthorRule;
  channel: CompileChannel;
  threshold: Threshold;
}

function delayMistakes(rule: AuthorRule): Mistake[] {
  return (['for', 'clearAfter'] as const)
    .filter((key) => durationMs(rule[key]) > delayMax)
    .map((path) => ({ path, message: 'is longer than a unit can wait, 24 days' }));
}

function check(rule: AuthorRule, channels: readonly CompileChannel[]): Checked | { mistakes: Mistake[] } {
  const mistakes = delayMistakes(rule);
  const channel = channels.find(({ id }) => id === rule.when.sensor);
  if (!channel) {
    const known = channels.map(({ id }) => id).join(', ');
    mistakes.push({ path: 'when.sensor', message: `is not a channel of the unit; it has: ${known}` });
    return { mistakes };
  }
  const found = thresholdOf(rule.when, channel);
  if ('mistakes' in found) return { mistakes: [...mistakes, ...found.mistakes] };
  return mistakes.length > 0 ? { mistakes } : { rule, channel, threshold: found.threshold };
}

/** The device form. Order is all it has: inputs in the order of their first use, then a condition or two a rule. */
function deviceText(checked: readonly Checked[]): string {
  const used = [...new Set(checked.map(({ channel }) => channel))];
  const cond: (string | number)[][] = [];
  const rule = checked.map(({ rule: { id, ...author }, channel, threshold: { side, limit, band } }) => {
    cond.push([side === 'above' ? 'hi' : 'lo', used.indexOf(channel), limit, band]);
    if (author.when.not) cond.push(['not', cond.length - 1]);
    return {
      id,
      c: cond.length - 1,
      on: durationMs(author.for),
      off: durationMs(author.clearAfter),
      unk: unknown[author.ifNoData],
      sev: severity[author.severity],
    };
  });
  const inputs = used.map(({ id, staleMs }) => [id, staleMs]);
  const sig = used.map((_, index) => ['in', index]);
  return JSON.stringify({ v: 1, in: inputs, sig, cond, rule });
}

/** Author form to device form: compact ASCII JSON, the same bytes for the same rules. Never throws for a mistake. */
export function compileRules(rules: readonly AuthorRule[], channels: readonly CompileChannel[]): Compiled {
  const results = rules.map((rule) => check(rule, channels));
  const ids = rules.map(({ id }) => id);
  const mistakes = results.flatMap((result, index) => {
    const own = 'mistakes' in result ? result.mistakes : [];
    const twice = ids.indexOf(ids[index] ?? '') < index;
    const all = twice ? [{ path: 'id', message: 'is the id of an earlier rule' }, ...own] : own;
    return all.map(({ path, message }) => ({ path: `${index}.${path}`, message }));
  });
  if (mistakes.length > 0) return { mistakes };
  const checked = results.filter((result) => 'threshold' in result);
  return {
    text: deviceText(checked),
    ids,
    sentences: checked.map(({ rule, threshold, channel }) => sentenceOf(rule, threshold, channel)),
  };
}
