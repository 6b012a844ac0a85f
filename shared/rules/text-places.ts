import type { Token } from './text-tokens.ts';

export type Place = Pick<Token, 'line' | 'column'>;

export const placeText = ({ line, column }: Place): string => `line ${line}, column ${column}`;

type Leaf = [path: string, value: string | number];

/** Every value of a rule with its path. Fields stand in the order in which they were read. */
function leavesOf(value: unknown, path: string): Leaf[] {
  if (typeof value === 'string' || typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, path === '' ? key : `${path}.${key}`));
}

const says = (token: Token, value: string | number): boolean =>
  token.text === String(value) || (typeof value === 'number' && Number(token.text) === value);

/** Outputs may be set anywhere among the clauses, so they are not in the order of the others. */
function outputPlaces(tokens: readonly Token[]): [string, Place][] {
  const sets = tokens.flatMap((token, n) =>
    token.text === 'set' && tokens[n + 1]?.text === 'output' ? [n] : [],
  );
  return sets.flatMap((n, index) =>
    (
      [
        ['output', tokens[n + 2]],
        ['level', tokens[n + 4]],
      ] as const
    ).flatMap(([field, token]) => (token ? [[`actions.${index}.${field}`, token] as [string, Place]] : [])),
  );
}

/**
 * Where the values of a rule as it was read stand among its tokens: a value follows, in the text, the one that was
 * read before it. A path that has no value of its own has the place of what lies in it, or of what it lies in.
 */
export function placesOf(rule: object, tokens: readonly Token[]): (path: string) => Place {
  const { actions: _, ...rest } = rule as Record<string, unknown>;
  const places = new Map<string, Place>();
  let next = 0;
  for (const [path, value] of leavesOf(rest, '')) {
    const found = tokens.findIndex((token, n) => n >= next && says(token, value));
    const token = tokens[found];
    if (token === undefined) continue;
    next = found + 1;
    places.set(path, token);
  }
  for (const [path, place] of outputPlaces(tokens)) places.set(path, place);
  const within = (path: string): Place | undefined =>
    places.get(path) ?? [...places].find(([each]) => each.startsWith(`${path}.`))?.[1];
  return (path) => {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const place = within(at);
      if (place) return place;
    }
    return tokens[0] ?? { line: 1, column: 1 };
  };
}
