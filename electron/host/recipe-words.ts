import type { z } from 'zod';

/** A mistake at its place in the recipe: names of fields and places in lists, from the outside in. */
export interface Found {
  path: readonly (string | number)[];
  message: string;
}

/** The value at a place; undefined where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

/** What the schema found, in words for whoever writes recipes; the first of several for one value. */
export function schemaMistakes(issues: readonly z.core.$ZodIssue[], recipe: unknown): Found[] {
  const named = new Set<string>();
  return issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
    // An unknown field is named itself, not the object that holds it.
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a field of a recipe' }));
    }
    const at = JSON.stringify(path);
    if (named.has(at)) return [];
    named.add(at);
    const given = valueAt(recipe, path);
    return [{ path, message: given === undefined ? 'is missing' : wordsOf(issue, given) }];
  });
}

function wordsOf(issue: z.core.$ZodIssue, given: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected, given);
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return leastWords(issue.origin, Number(issue.minimum));
    case 'too_big':
      return mostWords(issue.origin, Number(issue.maximum));
    case 'invalid_format':
      return formWords[String(issue.path.at(-1))] ?? issue.message;
    case 'custom':
      return issue.message;
    default:
      return 'is not what must be here';
  }
}

const types: Readonly<Record<string, string>> = {
  string: 'must be text in quotation marks',
  number: 'must be a number, without quotation marks',
  int: 'must be a whole number',
  boolean: 'must be true or false, without quotation marks',
  array: 'must be a list in [ ]',
  object: 'must be an object in { }',
};

/** A number where text must be is usually right but for the quotation marks. */
function typeWords(expected: string, given: unknown): string {
  if (expected === 'string' && typeof given === 'number') return `must be text, such as "${given}"`;
  return types[expected] ?? 'is not what must be here';
}

const entries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);

function leastWords(origin: string, least: number): string {
  if (origin === 'array') return least === 1 ? 'must not be empty' : `must have at least ${entries(least)}`;
  if (origin !== 'string') return `must be at least ${least}`;
  return least === 1 ? 'must not be empty' : `must have at least ${least} characters`;
}

function mostWords(origin: string, most: number): string {
  if (origin === 'array') return `must have at most ${entries(most)}`;
  return origin === 'string' ? `must have at most ${most} characters` : `must be at most ${most}`;
}

const day = 'must be a day, such as "2026-11-22"';
const name = 'must be lower-case letters, digits and _, starting with a letter, at most 16';

/** By the field's own name; the rest says what it must be in the contract. */
const formWords: Readonly<Record<string, string>> = {
  channel: name,
  sensor: name,
  profile: 'must be lower-case letters, digits and -, at most 60',
  tag: 'must be letters, digits, . _ / and - only, starting with a letter or digit',
  id: 'must be lower-case letters, digits and -, starting with a letter, at most 31',
  received: day,
  on: day,
  country: 'must be the two capital letters of a country, such as "DE"',
  prefix: 'must be letters, digits and - only, at most 12',
  logo: 'must be base64',
  for: 'must be a duration, such as "500ms", "5s", "2min", "1h"',
  clearAfter: 'must be a duration, such as "500ms", "5s", "2min", "1h"',
};
