import type { ValidateState } from '../../../../shared/contract/validate.ts';
import { parseRules, printRules } from '../../../../shared/rules/rules.ts';
import { draftOf, type RuleDraft, type Rules, readRules } from '../draft.ts';

/** A template whose questions are being answered; no template: one is being chosen. */
export interface Adding {
  template: string | null;
  answers: Readonly<Record<string, string>>;
}

/** What is written at a rules wizard and not sent yet. The form and the text are two views of the same rules. */
export interface Written {
  /** The rules that this began from, as text: it is void when the wizard has got others. */
  base: string;
  view: 'form' | 'text';
  drafts: readonly RuleDraft[];
  /** The text as it was typed, its remarks too; null where the drafts say it all. */
  text: string | null;
  /** The rule whose fields are open. */
  open: number | null;
  adding: Adding | null;
  /** What has just come or gone, so that the focus follows. */
  moved: 'added' | 'removed' | null;
  lesson: string;
}

/** An earlier rule set of the unit that this one improves. */
export interface Earlier {
  revision: string;
  rules: Rules | null;
}

const textOf = (rules: Rules | null): string => (rules === null ? '' : printRules(rules));

/** What a wizard begins with: its rules, or those of the set before, or the question what the unit should notice. */
export function beginWriting(state: ValidateState, earlier: Earlier | null): Written {
  const drafts = (state.rules ?? earlier?.rules ?? []).map(draftOf);
  return {
    base: textOf(state.rules),
    view: 'form',
    drafts,
    text: null,
    open: drafts.length === 1 ? 0 : null,
    adding: drafts.length === 0 ? { template: null, answers: {} } : null,
    moved: null,
    lesson: state.basedOn?.lesson ?? '',
  };
}

/** The rules as the view in sight says them; null while something in it is not right. */
export function rulesOf({ view, drafts, text }: Written): Rules | null {
  if (view === 'form' || text === null) return readRules(drafts);
  const parsed = parseRules(text);
  return 'rules' in parsed ? parsed.rules : null;
}

/** The text in sight: as it was typed, or as the form says it. */
export const shownText = ({ drafts, text }: Written): string => text ?? textOf(readRules(drafts));

/** Typing in the text changes the form with it; while it cannot be read the form keeps what was right last. */
export function typeText(written: Written, text: string): Written {
  const parsed = parseRules(text);
  return 'rules' in parsed
    ? { ...written, text, drafts: parsed.rules.map(draftOf), open: null }
    : { ...written, text };
}

/** The other view. A text that still says what the form says stays as it was typed, remarks and all. */
export function showView(written: Written, view: Written['view']): Written {
  const rules = readRules(written.drafts);
  const parsed = written.text === null ? null : parseRules(written.text);
  const same = rules !== null && parsed !== null && 'rules' in parsed && isSame(rules, parsed.rules);
  return { ...written, view, text: same ? written.text : null };
}

const isSame = (a: Rules, b: Rules): boolean => printRules(a) === printRules(b);

/** Nothing of the form is lost in the text, and nothing of the text in the form: each opens once the other is right. */
export function canShow(written: Written, view: Written['view']): boolean {
  return written.view === view || rulesOf(written) !== null || written.drafts.length === 0;
}

/** What was written is still about the rules that the wizard has. */
export const isAbout = (written: Written, state: ValidateState): boolean => {
  const now = textOf(state.rules);
  return written.base === now || textOf(rulesOf(written)) === now;
};

/** Rules differ from those that they improve: what was learned is due. */
export const improves = (rules: Rules | null, earlier: Earlier): boolean =>
  rules !== null && (earlier.rules === null || !isSame(rules, earlier.rules));

/** One more rule, last of all. */
export const withRule = ({ drafts }: Written, draft: RuleDraft, isOpen: boolean): Partial<Written> => ({
  drafts: [...drafts, draft],
  text: null,
  adding: null,
  open: isOpen ? drafts.length : null,
  moved: 'added',
});

export function withoutRule({ drafts, open }: Written, index: number): Partial<Written> {
  const rest = drafts.toSpliced(index, 1);
  const still = open === null || open === index ? null : open > index ? open - 1 : open;
  // Without any rule the question is again what the unit should notice.
  const adding = rest.length === 0 ? { template: null, answers: {} } : null;
  return { drafts: rest, text: null, open: still, adding, moved: 'removed' };
}

/** A rule that changes its name keeps it in the rules that fall silent for it. */
export function changedRule(drafts: readonly RuleDraft[], index: number, changed: RuleDraft): RuleDraft[] {
  const old = drafts[index]?.id;
  const isAlone = drafts.filter(({ id }) => id === old).length === 1;
  return drafts.map((draft, place) => {
    if (place === index) return changed;
    if (old === changed.id || !isAlone || !draft.inhibitedBy.some((id) => id === old)) return draft;
    return { ...draft, inhibitedBy: draft.inhibitedBy.map((id) => (id === old ? changed.id : id)) };
  });
}
