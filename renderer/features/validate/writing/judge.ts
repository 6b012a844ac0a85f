import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import type { AuthorRule, Mistake } from '../../../../shared/contract/validate.ts';
import { compileRules } from '../../../../shared/rules/rules.ts';
import { type RuleDraft, readDraft } from '../draft.ts';

/** What is wrong with one rule, by path within it. */
export interface Judged {
  /** The rule as far as it is right by itself. */
  rule: AuthorRule | null;
  /** Fields that are not well formed. */
  malformed: readonly Mistake[];
  /** What the compiler says against it. */
  refused: readonly Mistake[];
}

/** Mistakes of the rule at a place; their paths lose the place. */
const within = (mistakes: readonly Mistake[], index: number): Mistake[] =>
  mistakes.flatMap(({ path, message }) => {
    const [, rule, field = ''] = /^(\d+)(?:\.(.*))?$/.exec(path) ?? [];
    return Number(rule) === index ? [{ path: field, message }] : [];
  });

function compiled(rules: readonly AuthorRule[], channels: readonly ProfileChannel[]): readonly Mistake[] {
  const result = compileRules(rules, channels);
  return 'mistakes' in result ? result.mistakes : [];
}

/** Alone it cannot know the others: what it says about them is left out. */
function alone(rule: AuthorRule, channels: readonly ProfileChannel[]): readonly Mistake[] {
  const { inhibitedBy: _, ...rest } = rule;
  return within(compiled([rest], channels), 0);
}

/**
 * Every rule as it is typed, judged by the very compiler that makes the unit's bytes; `said` is what the host's
 * compiler said of these same rules.
 */
export function judge(
  drafts: readonly RuleDraft[],
  channels: readonly ProfileChannel[],
  said: readonly Mistake[],
): Judged[] {
  const read = drafts.map(readDraft);
  const rules = read.flatMap((result) => ('rule' in result ? [result.rule] : []));
  const isWhole = rules.length === drafts.length;
  const all = isWhole ? compiled(rules, channels) : [];
  return read.map((result, index) => {
    if ('mistakes' in result) return { rule: null, malformed: result.mistakes, refused: [] };
    const own = isWhole ? within(all, index) : alone(result.rule, channels);
    const more = within(said, index).filter(
      ({ path, message }) => !own.some((mistake) => mistake.path === path && mistake.message === message),
    );
    return { rule: result.rule, malformed: [], refused: [...own, ...more] };
  });
}
