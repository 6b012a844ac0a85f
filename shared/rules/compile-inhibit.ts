import type { AuthorRule, Mistake } from '../contract/validate.ts';

/** Places of the rules that silence each rule, or what is wrong: a name that is none, itself, a circle. */
export function inhibitsOf(rules: readonly AuthorRule[]): { places: number[][]; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const ids = rules.map(({ id }) => id);
  const places = rules.map(({ id, inhibitedBy = [] }, index) =>
    inhibitedBy.map((name, n) => {
      const path = `${index}.inhibitedBy.${n}`;
      const place = ids.indexOf(name);
      if (name === id) mistakes.push({ path, message: 'is the rule itself' });
      else if (place < 0) mistakes.push({ path, message: `is not a rule; there are: ${ids.join(', ')}` });
      else if (inhibitedBy.indexOf(name) < n) mistakes.push({ path, message: 'is named twice' });
      return place;
    }),
  );
  const silences = (from: number, sought: number, seen = new Set<number>()): boolean =>
    (places[from] ?? []).some((next) => {
      if (next === sought) return true;
      if (next < 0 || seen.has(next)) return false;
      seen.add(next);
      return silences(next, sought, seen);
    });
  for (const [index, own] of places.entries()) {
    for (const [n, place] of own.entries()) {
      if (place < 0 || place === index || !silences(place, index)) continue;
      mistakes.push({
        path: `${index}.inhibitedBy.${n}`,
        message: `is itself inhibited by ${ids[index] ?? ''}: the rules would silence each other in a circle`,
      });
    }
  }
  return { places, mistakes };
}

/** Numbers of the first-out groups by name: `7` or `group-7` is 7, other names get the least number that is free. */
export function groupsOf(rules: readonly AuthorRule[]): Map<string, number> {
  const names = [...new Set(rules.flatMap(({ firstOut }) => (firstOut === undefined ? [] : [firstOut])))];
  const groups = new Map<string, number>();
  const taken = new Set<number>();
  for (const name of names) {
    const number = Number(/^(?:group-)?([1-9]\d?)$/.exec(name)?.[1] ?? 0);
    if (number < 1 || number > 64 || taken.has(number)) continue;
    groups.set(name, number);
    taken.add(number);
  }
  for (const name of names) {
    if (groups.has(name)) continue;
    let number = 1;
    while (taken.has(number)) number += 1;
    groups.set(name, number);
    taken.add(number);
  }
  return groups;
}
