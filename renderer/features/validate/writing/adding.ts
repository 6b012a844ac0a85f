import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import type { DeadBands, Template } from '../../../../shared/contract/rule-template.ts';
import type { AuthorRule, Mistake } from '../../../../shared/contract/validate.ts';
import { compileRules } from '../../../../shared/rules/rules.ts';
import {
  type Answers,
  fillTemplate,
  fitting,
  questionAt,
  sensorsAsked,
  usualAnswers,
} from '../../../../shared/rules/template-fill.ts';
import { freeName, type RuleDraft } from '../draft.ts';

/** Why a template cannot be used on a unit: what it looks at, and what the unit has. */
export interface Unfit {
  measurands: readonly string[];
  needed: number;
  has: number;
}

export function unfitFor(template: Template, channels: readonly ProfileChannel[]): Unfit | null {
  const has = fitting(template, channels).length;
  const needed = sensorsAsked(template);
  return has < needed ? { measurands: template.measurands, needed, has } : null;
}

const squeezed = (text: string): string => text.replace(/\s/g, '');

/** The rule that the answers make, so far; mistakes by question, those that belong to none under ''. */
export type Added = ({ rule: AuthorRule } | object) & { answers: Answers; mistakes: Mistake[] };

/** A sensor never differs from itself: the rule would never fire. */
const sameTwice = ({ when }: AuthorRule): Mistake | null =>
  typeof when.sensor === 'string' && when.sensor === when.minus
    ? { path: 'when.minus', message: 'is the same channel twice' }
    : null;

/** Fills a template with what was answered and, where nothing was, with what is usual. */
export function addedRule(
  template: Template,
  given: Answers,
  deadBands: DeadBands,
  channels: readonly ProfileChannel[],
  drafts: readonly RuleDraft[],
  words: { ruleTitle: (template: Template) => string | null },
): Added {
  const answers = usualAnswers(template, given, fitting(template, channels), deadBands);
  const said = Object.fromEntries(Object.entries(answers).map(([id, text]) => [id, squeezed(text)]));
  const taken = drafts.map(({ id }) => id);
  const byQuestion = (mistakes: readonly Mistake[]): Mistake[] =>
    mistakes.map(({ path, message }) => ({ path: questionAt(template, said, path) ?? '', message }));
  const filled = fillTemplate(template, freeName(template.id, taken), said);
  if ('mistakes' in filled) return { answers, mistakes: byQuestion(filled.mistakes) };
  const same = sameTwice(filled.rule);
  if (same !== null) return { answers, mistakes: byQuestion([same]) };
  const title = words.ruleTitle(template);
  const rule = title === null ? filled.rule : { ...filled.rule, title };
  const compiled = compileRules([rule], channels);
  if (!('mistakes' in compiled)) return { answers, rule, mistakes: [] };
  const mistakes = compiled.mistakes.map(({ path, message }) => ({
    path: path.replace(/^0\.?/, ''),
    message,
  }));
  return { answers, rule, mistakes: byQuestion(mistakes) };
}
