import type { AuthorCondition } from '../contract/author.ts';
import type { AuthorRule, Mistake } from '../contract/validate.ts';
import type { CompileChannel } from './compile-channel.ts';
import { compileCondition } from './compile-condition.ts';
import { groupsOf, inhibitsOf } from './compile-inhibit.ts';
import { possible } from './compile-possible.ts';
import { type CompileOptions, createScope, type Scope } from './compile-scope.ts';
import { durationMs } from './duration.ts';
import { sentenceOf } from './sentence.ts';

/** Text of the rule file, ids and one sentence a rule; or every mistake, its path relative to the array of rules. */
export type Compiled = { text: string; ids: string[]; sentences: string[] } | { mistakes: Mistake[] };

const unknown = { clear: 0, fire: 1, keep: 2 } as const;
const severity = { low: 1, medium: 2, high: 3 } as const;

/** Minutes of the longest time that the condition can hold because of its schedule; null where it has none. */
function openMinutes({ during, all, not }: AuthorCondition): number | null {
  if (not === true) return null;
  if (during !== undefined) {
    const [from, to] = [during.from, during.to].map(
      (at) => Number(at.slice(0, 2)) * 60 + Number(at.slice(3)),
    );
    const open = (to ?? 0) - (from ?? 0);
    const long = open > 0 ? open : open + 1440;
    // Days that follow each other may run into one: only a window shorter than its day ends for sure.
    return long < 1440 ? long : null;
  }
  const windows = (all ?? []).map(openMinutes).filter((minutes) => minutes !== null);
  return windows.length === 0 ? null : Math.min(...windows);
}

function conditionOf({ when, for: delay }: AuthorRule, index: number, scope: Scope): number | null {
  const path = `${index}.when`;
  const condition = compileCondition(when, path, scope);
  if (condition === null) return null;
  const can = possible(condition.possible);
  if (!can.hold) return scope.refuse(path, 'is a contradiction: it can never hold, the rule never fires');
  if (!can.fail) return scope.refuse(path, 'is always true: the rule never clears');
  const open = openMinutes(when);
  if (open !== null && durationMs(delay) >= open * 60_000) {
    return scope.refuse(`${index}.for`, 'is longer than the time of day lasts: the rule never fires');
  }
  return condition.index;
}

type Silenced = { group: number | null; inhibits: readonly number[] };

/** The rule's entry in the device form. What is as usual is not in it: a unit's file is small. */
function entryOf(
  rule: AuthorRule,
  index: number,
  { group, inhibits }: Silenced,
  scope: Scope,
): object | null {
  const on = scope.span(rule.for, `${index}.for`);
  const off = scope.span(rule.clearAfter, `${index}.clearAfter`);
  const rep = rule.remind ? scope.span(rule.remind.every, `${index}.remind.every`, 1) : 0;
  const shelving = rule.shelveAtMost;
  const smax = shelving === undefined ? 0 : scope.span(shelving, `${index}.shelveAtMost`, 1);
  const c = conditionOf(rule, index, scope);
  if (c === null || on === null || off === null || rep === null || smax === null) return null;
  return {
    id: rule.id,
    c,
    on,
    off,
    unk: unknown[rule.ifNoData],
    sev: severity[rule.severity],
    ...(rule.needsAck ? { latch: 1 } : {}),
    ...(rule.remind ? { rep, rn: rule.remind.times } : {}),
    ...(rule.onlyOnCrossing ? { edge: 1 } : {}),
    ...(group === null ? {} : { grp: group }),
    ...(inhibits.length > 0 ? { inh: inhibits } : {}),
    ...(shelving === undefined ? {} : { smax }),
    ...(rule.actions ? { act: rule.actions.map(({ output, level }) => ['gpio', output, level]) } : {}),
  };
}

/**
 * Author form to device form: compact ASCII JSON, the same bytes for the same rules; its `rev` is the first 8 hex
 * digits of their SHA-256. Signals and conditions that are equal are there once. Never throws for a mistake.
 */
export function compileRules(
  rules: readonly AuthorRule[],
  channels: readonly CompileChannel[],
  options: CompileOptions = {},
): Compiled {
  const scope = createScope(channels, options);
  const ids = rules.map(({ id }) => id);
  const { places, mistakes } = inhibitsOf(rules);
  const groups = groupsOf(rules);
  const entries = rules.map((rule, index) => {
    if (ids.indexOf(rule.id) < index) scope.refuse(`${index}.id`, 'is the id of an earlier rule');
    const group = rule.firstOut === undefined ? null : (groups.get(rule.firstOut) ?? null);
    const entry = entryOf(rule, index, { group, inhibits: places[index] ?? [] }, scope);
    for (const mistake of mistakes) {
      if (mistake.path.startsWith(`${index}.`)) scope.mistakes.push(mistake);
    }
    return entry;
  });
  if (scope.mistakes.length > 0) return { mistakes: scope.mistakes };
  const { in: inputs, sig, cond } = scope.tables;
  return {
    text: JSON.stringify({ v: 1, in: inputs, sig, cond, rule: entries }),
    ids,
    sentences: rules.map((rule) => sentenceOf(rule, channels)),
  };
}
