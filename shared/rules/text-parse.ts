import { AuthorCondition, AuthorRules } from '../contract/author.ts';
import type { AuthorRule, Mistake } from '../contract/validate.ts';
import { readCondition } from './text-condition.ts';
import { type Place, placesOf, placeText } from './text-places.ts';
import { type Reader, readerOf, TextError, type Token, tokensOf } from './text-tokens.ts';

/** Longer is no text that a person wrote. */
const longest = 200_000;

type Clause = (read: Reader) => object;

/** Clauses of a rule by the words that begin them. */
const clauses: readonly [words: string[], read: Clause][] = [
  [['when'], (read) => ({ when: readCondition(read) })],
  [['for'], (read) => ({ for: read.word('a time') })],
  [['clear', 'after'], (read) => ({ clearAfter: read.word('a time') })],
  [['without', 'data'], (read) => ({ ifNoData: read.word('clear, fire or keep') })],
  [['acknowledge'], () => ({ needsAck: true })],
  [['remind', 'every'], readReminder],
  [['only', 'on', 'crossing'], () => ({ onlyOnCrossing: true })],
  [['first-out'], (read) => ({ firstOut: read.word('the name of a group') })],
  [['inhibited', 'by'], (read) => ({ inhibitedBy: readNames(read) })],
  [['shelve', 'at', 'most'], (read) => ({ shelveAtMost: read.word('a time') })],
  [['severity'], (read) => ({ severity: read.word('low, medium or high') })],
];

function readReminder(read: Reader): object {
  const every = read.word('a time');
  const times = read.whole('how many times');
  read.demand('times');
  return { remind: { every, times } };
}

function readNames(read: Reader): string[] {
  const names = [read.word('a rule')];
  while (read.take(',')) names.push(read.word('a rule'));
  return names;
}

function readRule(read: Reader): object {
  read.demand('rule');
  const id = read.word('the id of the rule');
  const title = read.text();
  let rule: object = { id, ...(title === undefined ? {} : { title }) };
  const actions: object[] = [];
  for (;;) {
    if (read.take('set', 'output')) {
      const output = read.whole('the number of the output');
      read.demand('to');
      actions.push({ output, level: read.whole('0 or 1') });
      continue;
    }
    const clause = clauses.find(([words]) => read.take(...words));
    if (!clause) break;
    const said = clause[1](read);
    const twice = Object.keys(said).find((key) => Object.hasOwn(rule, key));
    if (twice !== undefined) read.fail(`"${clause[0].join(' ')}" is said twice`);
    rule = { ...rule, ...said };
  }
  if (!read.ended && !read.sees('rule')) read.fail(`nothing of a rule begins like this: ${read.here()}`);
  return actions.length > 0 ? { ...rule, actions } : rule;
}

interface ReadRule {
  raw: object;
  /** Of this rule alone. */
  tokens: readonly Token[];
}

/** Throws TextError. */
function readAll(text: string): ReadRule[] {
  if (text.length > longest) throw new TextError('the text is too long', { line: 1, column: 1 });
  const tokens = tokensOf(text);
  const read = readerOf(tokens);
  const rules: ReadRule[] = [];
  while (!read.ended) {
    const from = read.at;
    const raw = readRule(read);
    rules.push({ raw, tokens: tokens.slice(from, read.at) });
  }
  if (rules.length === 0) throw new TextError('no rule stands here', { line: 1, column: 1 });
  return rules;
}

/** What is wrong where the text cannot be read. */
function reading<T>(work: () => T): T | { mistakes: Mistake[] } {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof TextError)) throw thrown;
    return { mistakes: [{ path: placeText(thrown), message: thrown.message }] };
  }
}

/** Where in the text the rule, or the field of it, stands that a path of the author form names (`0.when.above`). */
function placeIn(rules: readonly ReadRule[], path: string): Place {
  const [, index = '', field = ''] = /^(\d+)\.?(.*)$/.exec(path) ?? [];
  const rule = rules[Number(index || '0')];
  return rule ? placesOf(rule.raw, rule.tokens)(field) : { line: 1, column: 1 };
}

/** The rules of a text, or what is wrong with it, each with its place: `line 3, column 7`. */
export function parseRules(text: string): { rules: AuthorRule[] } | { mistakes: Mistake[] } {
  return reading(() => {
    const read = readAll(text);
    const parsed = AuthorRules.safeParse(read.map(({ raw }) => raw));
    if (parsed.success) return { rules: parsed.data };
    return {
      mistakes: parsed.error.issues.map(({ path, message }) => ({
        path: placeText(placeIn(read, path.join('.'))),
        message,
      })),
    };
  });
}

/** Mistakes that name fields of the author form, with the places of those fields in the text that was read. */
export function placeMistakes(text: string, mistakes: readonly Mistake[]): Mistake[] {
  const placed = reading(() => {
    const read = readAll(text);
    return mistakes.map(({ path, message }) => ({ path: placeText(placeIn(read, path)), message }));
  });
  return 'mistakes' in placed ? placed.mistakes : placed;
}

/** One condition as `conditionText` says it; or what is wrong with it, and where. */
export function parseCondition(text: string): { when: AuthorCondition } | { mistakes: Mistake[] } {
  return reading(() => {
    const tokens = tokensOf(text.slice(0, longest));
    const read = readerOf(tokens);
    const raw = readCondition(read);
    if (!read.ended) read.fail(`nothing of a condition goes on like this: ${read.here()}`);
    const parsed = AuthorCondition.safeParse(raw);
    if (parsed.success) return { when: parsed.data };
    const place = placesOf(raw, tokens);
    return {
      mistakes: parsed.error.issues.map(({ path, message }) => ({
        path: placeText(place(path.join('.'))),
        message,
      })),
    };
  });
}
