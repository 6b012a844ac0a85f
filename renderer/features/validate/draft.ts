import type { z } from 'zod';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { DeadBands } from '../../../shared/contract/rule-template.ts';
import {
  AuthorRule,
  type AuthorRules,
  isLevel,
  type LevelCondition,
  type Mistake,
} from '../../../shared/contract/validate.ts';
import { conditionText, parseCondition } from '../../../shared/rules/rules.ts';
import { type Usual, usualFor } from '../../../shared/rules/template-fill.ts';
import { thresholdsOf } from '../lab/thresholds.ts';

export type Rules = z.infer<typeof AuthorRules>;

export interface ActionDraft {
  output: string;
  level: 0 | 1;
}

/** One rule as it is being typed; an empty text is an option that is not used. */
export interface RuleDraft {
  id: string;
  title: string;
  /** The condition as text where the fields of a plain threshold cannot say it; null where they do. */
  condition: string | null;
  sensor: string;
  side: 'above' | 'below';
  threshold: string;
  deadband: string;
  not: boolean;
  for: string;
  clearAfter: string;
  ifNoData: AuthorRule['ifNoData'];
  severity: AuthorRule['severity'];
  needsAck: boolean;
  remindEvery: string;
  remindTimes: string;
  onlyOnCrossing: boolean;
  firstOut: string;
  inhibitedBy: readonly string[];
  shelveAtMost: string;
  actions: readonly ActionDraft[];
}

const noThreshold = { sensor: '', side: 'above', threshold: '', deadband: '', not: false } as const;

const levelFields = (when: LevelCondition) => ({
  sensor: when.sensor,
  side: when.above === undefined ? ('below' as const) : ('above' as const),
  threshold: when.above ?? when.below ?? '',
  deadband: when.deadband ?? '',
  not: when.not ?? false,
});

export function draftOf(rule: AuthorRule): RuleDraft {
  const { when } = rule;
  return {
    id: rule.id,
    title: rule.title ?? '',
    ...(isLevel(when)
      ? { condition: null, ...levelFields(when) }
      : { condition: conditionText(when), ...noThreshold }),
    for: rule.for,
    clearAfter: rule.clearAfter,
    ifNoData: rule.ifNoData,
    severity: rule.severity,
    needsAck: rule.needsAck ?? false,
    remindEvery: rule.remind?.every ?? '',
    remindTimes: rule.remind === undefined ? '' : String(rule.remind.times),
    onlyOnCrossing: rule.onlyOnCrossing ?? false,
    firstOut: rule.firstOut ?? '',
    inhibitedBy: rule.inhibitedBy ?? [],
    shelveAtMost: rule.shelveAtMost ?? '',
    actions: (rule.actions ?? []).map(({ output, level }) => ({ output: String(output), level })),
  };
}

/** What EEMUA 191 would begin with on this channel. */
export const usualWidth = (channel: ProfileChannel | undefined, deadBands: DeadBands): Usual =>
  usualFor({ id: 'x', title: 'x', kind: 'width', of: 'x', usual: { eemua: true } }, channel, deadBands);
export const usualDelay = (channel: ProfileChannel | undefined, deadBands: DeadBands): Usual =>
  usualFor({ id: 'x', title: 'x', kind: 'duration', usual: { eemua: true } }, channel, deadBands);

/** A name that no other rule bears: `too-hot`, `too-hot-2`, … */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  let n = 2;
  while (taken.includes(`${wanted}-${n}`)) n += 1;
  return `${wanted}-${n}`;
}

/** A plain threshold that has all but its number. */
export function newRule(
  channel: ProfileChannel | undefined,
  deadBands: DeadBands,
  taken: readonly string[],
): RuleDraft {
  return {
    id: freeName('alarm', taken),
    title: '',
    condition: null,
    ...noThreshold,
    sensor: channel?.id ?? '',
    deadband: usualWidth(channel, deadBands).text,
    for: usualDelay(channel, deadBands).text,
    clearAfter: '0s',
    ifNoData: 'keep',
    severity: 'medium',
    needsAck: false,
    remindEvery: '',
    remindTimes: '',
    onlyOnCrossing: false,
    firstOut: '',
    inhibitedBy: [],
    shelveAtMost: '',
    actions: [],
  };
}

const squeezed = (text: string): string => text.replace(/\s/g, '');
const whole = (text: string): number => (/^\s*\d{1,6}\s*$/.test(text) ? Number(text) : Number.NaN);
const where = <K extends string, T>(there: boolean, key: K, value: T): { [k in K]?: T } =>
  there ? ({ [key]: value } as { [k in K]: T }) : {};

function conditionOf(draft: RuleDraft): { when: unknown } | { mistakes: Mistake[] } {
  if (draft.condition !== null) return parseCondition(draft.condition);
  const { sensor, side, threshold, deadband, not } = draft;
  const when = { sensor, [side]: threshold, ...where(deadband !== '', 'deadband', deadband) };
  return { when: { ...when, ...where(not, 'not', true) } };
}

/** Stands where the condition cannot be read, so that the rest is judged all the same. */
const standIn = { sensor: 'x', silent: true };

/** The rule as the contract takes it; or every field that is not right yet, by its path in the author form. */
export function readDraft(draft: RuleDraft): { rule: AuthorRule } | { mistakes: Mistake[] } {
  const condition = conditionOf(draft);
  const reminds = draft.remindEvery !== '' || draft.remindTimes !== '';
  const parsed = AuthorRule.safeParse({
    id: draft.id,
    ...where(draft.title.trim() !== '', 'title', draft.title),
    when: 'when' in condition ? condition.when : standIn,
    for: squeezed(draft.for),
    clearAfter: squeezed(draft.clearAfter),
    ifNoData: draft.ifNoData,
    severity: draft.severity,
    ...where(draft.needsAck, 'needsAck', true),
    ...where(reminds, 'remind', { every: squeezed(draft.remindEvery), times: whole(draft.remindTimes) }),
    ...where(draft.onlyOnCrossing, 'onlyOnCrossing', true),
    ...where(draft.firstOut !== '', 'firstOut', draft.firstOut),
    ...where(draft.inhibitedBy.length > 0, 'inhibitedBy', [...draft.inhibitedBy]),
    ...where(draft.shelveAtMost !== '', 'shelveAtMost', squeezed(draft.shelveAtMost)),
    ...where(
      draft.actions.length > 0,
      'actions',
      draft.actions.map(({ output, level }) => ({ output: whole(output), level })),
    ),
  });
  const unread = 'when' in condition ? [] : condition.mistakes.map(atCondition);
  if (parsed.success && unread.length === 0) return { rule: parsed.data };
  const issues = parsed.success ? [] : parsed.error.issues;
  return { mistakes: [...unread, ...issues.map(({ path, message }) => ({ path: path.join('.'), message }))] };
}

const atCondition = ({ path, message }: Mistake): Mistake => ({
  path: 'when',
  message: `${path.replace(/^line 1, /, '')}: ${message}`,
});

/** All rules, where each is right by itself and no two bear one name. */
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

const oneDecimal = (value: number): string => String(Number(value.toFixed(1)));

/**
 * Set points that drive every rule through its threshold and back: from the quiet middle up over the highest, back,
 * down under the lowest, back; then, where rules hold thresholds against each other, once through each of the spans
 * between those. A start, to be changed by who knows the process.
 */
export const drivingPoints = (rules: Rules): string[] => [...pathOfLevels(rules), ...pathBetween(rules)];

/** Below the lowest threshold of a part, between each two of them, above the highest, and back. */
function pathBetween(rules: Rules): string[] {
  const parts = thresholdsOf(rules.filter(({ when }) => !isLevel(when))).map(({ value }) => value);
  const edges = [...new Set(parts)].sort((a, b) => a - b);
  const [lowest, highest] = [edges[0], edges.at(-1)];
  if (lowest === undefined || highest === undefined) return [];
  const between = edges.slice(1).map((edge, at) => (edge + (edges[at] ?? edge)) / 2);
  return [lowest - 2, ...between, highest + 2, lowest - 2].map(oneDecimal);
}

function pathOfLevels(rules: Rules): string[] {
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
  return path.map(oneDecimal);
}
