import { AuthorRules } from '../contract/author.ts';
import type { AuthorRule, Mistake } from '../contract/validate.ts';
import { readCondition } from './text-condition.ts';
import { type Reader, readerOf, TextError, tokensOf } from './text-tokens.ts';

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

/** The rules of a text, or what is wrong with it: `line 3, column 7`, or the place in the author form. */
export function parseRules(text: string): { rules: AuthorRule[] } | { mistakes: Mistake[] } {
  if (text.length > longest) return { mistakes: [{ path: 'line 1', message: 'is too long' }] };
  const raw: object[] = [];
  try {
    const read = readerOf(tokensOf(text));
    while (!read.ended) raw.push(readRule(read));
  } catch (thrown) {
    if (!(thrown instanceof TextError)) throw thrown;
    const { line, column, message } = thrown;
    return { mistakes: [{ path: `line ${line}, column ${column}`, message }] };
  }
  const parsed = AuthorRules.safeParse(raw);
  if (parsed.success) return { rules: parsed.data };
  return {
    mistakes: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  };
}
