import type { Mistake } from '../../shared/contract/validate.ts';
import type { Found } from './recipe-words.ts';

/** In the order of the document, each mistake once; what is missing comes last in its object. */
export function inOrder(found: readonly Found[], recipe: unknown): Mistake[] {
  const places = new WeakMap<object, Map<string, number>>();
  const placeOf = (holder: unknown, key: string | number): number => {
    if (typeof key === 'number') return key;
    if (typeof holder !== 'object' || holder === null) return 0;
    const known = places.get(holder) ?? new Map(Object.keys(holder).map((each, index) => [each, index]));
    places.set(holder, known);
    return known.get(key) ?? known.size;
  };
  const rankOf = ({ path }: Found): number[] => {
    let holder = recipe;
    return path.map((key) => {
      const place = placeOf(holder, key);
      holder = typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
      return place;
    });
  };
  const ranked = found.map((each) => ({ ...each, rank: rankOf(each) }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank));
  const once = new Map(
    ranked.map(({ path, message }) => [JSON.stringify([path, message]), { path: pathText(path), message }]),
  );
  return [...once.values()];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A path as people read it: `validate.rules.0.when`; `recipe` for the whole. */
export const pathText = (path: Found['path']): string => path.map(keyText).join('.') || 'recipe';

/** A key is whatever a file says: what is no name is shown in quotation marks, shortened, nothing unprintable in it. */
function keyText(key: string | number): string {
  const text = String(key);
  if (/^[\w-]{1,60}$/.test(text)) return text;
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(shown).replace(
    /\p{C}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
