import type { AuthorRule } from '../../../shared/contract/author.ts';
import type { Mistake } from '../../../shared/contract/mistake.ts';

/** A mistake with the name of its rule in the place of its number: `hot, when.above: …`. */
export function shownMistake({ path, message }: Mistake, rules: readonly AuthorRule[]): string {
  const match = /^validate\.rules\.(\d+)(?:\.(.*))?$/.exec(path);
  const id = rules[Number(match?.[1] ?? -1)]?.id;
  if (match === null || id === undefined) return path === '' ? message : `${path}: ${message}`;
  return match[2] === undefined ? `${id}: ${message}` : `${id}, ${match[2]}: ${message}`;
}
