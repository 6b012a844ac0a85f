import type { z } from 'zod';
import {
  type AuthorCondition,
  AuthorRule,
  type AuthorRules,
  isLevel,
} from '../../../shared/contract/validate.ts';

export type Rules = z.infer<typeof AuthorRules>;

/** One rule as it is being typed. */
export interface RuleDraft {
  id: string;
  title: string;
  sensor: string;
  side: 'above' | 'below';
  threshold: string;
  deadband: string;
  not: boolean;
  for: string;
  clearAfter: string;
  ifNoData: AuthorRule['ifNoData'];
  severity: AuthorRule['severity'];
  /** A rule that says more than the form shows: the rest stays as it is. */
  base: AuthorRule | null;
}

/** The condition of a rule that says more than this form can: it is shown as text, and kept. */
export const conditionKept = ({ base }: RuleDraft): AuthorCondition | null =>
  base !== null && !isLevel(base.when) ? base.when : null;

const shown = ['id', 'title', 'when', 'for', 'clearAfter', 'ifNoData', 'severity'];

export function draftOf(rule: AuthorRule): RuleDraft {
  const { when } = rule;
  return {
    id: rule.id,
    title: rule.title ?? '',
    sensor: typeof when.sensor === 'string' ? when.sensor : '',
    side: when.above === undefined ? 'below' : 'above',
    threshold: when.above ?? when.below ?? '',
    deadband: when.deadband ?? '0',
    not: when.not ?? false,
    for: rule.for,
    clearAfter: rule.clearAfter,
    ifNoData: rule.ifNoData,
    severity: rule.severity,
    base: isLevel(when) && Object.keys(rule).every((key) => shown.includes(key)) ? null : rule,
  };
}

export function newRule(sensor: string, taken: readonly string[]): RuleDraft {
  let n = taken.length + 1;
  while (taken.includes(`alarm-${n}`)) n += 1;
  return {
    id: `alarm-${n}`,
    title: '',
    sensor,
    side: 'above',
    threshold: '',
    deadband: '1',
    not: false,
    for: '2s',
    clearAfter: '2s',
    ifNoData: 'keep',
    severity: 'medium',
    base: null,
  };
}

export type RuleField = 'id' | 'title' | 'sensor' | 'threshold' | 'deadband' | 'for' | 'clearAfter';

/** The rule as the contract takes it, or the first field that is not right yet. */
export function readDraft(draft: RuleDraft): { rule: AuthorRule } | { problem: RuleField } {
  const { title: _, ...rest } = draft.base ?? {};
  const parsed = AuthorRule.safeParse({
    ...rest,
    id: draft.id,
    ...(draft.title.trim() === '' ? {} : { title: draft.title }),
    when: conditionKept(draft) ?? {
      sensor: draft.sensor,
      [draft.side]: draft.threshold,
      deadband: draft.deadband,
      not: draft.not,
    },
    for: draft.for.replace(/\s/g, ''),
    clearAfter: draft.clearAfter.replace(/\s/g, ''),
    ifNoData: draft.ifNoData,
    severity: draft.severity,
  });
  if (parsed.success) return { rule: parsed.data };
  const path = parsed.error.issues[0]?.path ?? [];
  const field = String(path[0] === 'when' ? (path[1] ?? 'threshold') : path[0]);
  return { problem: (field === 'above' || field === 'below' ? 'threshold' : field) as RuleField };
}

export function readRules(drafts: readonly RuleDraft[]): Rules | null {
  const rules = drafts.map(readDraft);
  const read = rules.flatMap((result) => ('rule' in result ? [result.rule] : []));
  const unique = new Set(read.map((rule) => rule.id)).size === read.length;
  return read.length === rules.length && read.length > 0 && unique ? read : null;
}

interface Side {
  threshold: number;
  deadband: number;
}

/**
 * Set points that drive every rule through its threshold and back: from the quiet middle up over the highest, back,
 * down under the lowest, back. A start, to be changed by who knows the process.
 */
export function drivingPoints(rules: Rules): string[] {
  const side = (key: 'above' | 'below'): Side[] =>
    rules.flatMap(({ when }) =>
      !isLevel(when) || when[key] === undefined
        ? []
        : [{ threshold: Number(when[key]), deadband: Number(when.deadband ?? 0) }],
    );
  const above = side('above');
  const below = side('below');
  const margin = (s: Side): number => Math.max(2, s.deadband);
  const over = above.length > 0 ? Math.max(...above.map((s) => s.threshold + margin(s))) : null;
  const under = below.length > 0 ? Math.min(...below.map((s) => s.threshold - margin(s))) : null;
  const ceiling = Math.min(...above.map((s) => s.threshold - s.deadband - margin(s)));
  const floor = Math.max(...below.map((s) => s.threshold + s.deadband + margin(s)));
  if (over === null && under === null) return [];
  const quiet = over === null ? floor : under === null ? ceiling : (ceiling + floor) / 2;
  const path = [quiet, ...(over === null ? [] : [over, quiet]), ...(under === null ? [] : [under, quiet])];
  return path.map((value) => String(Number(value.toFixed(1))));
}
