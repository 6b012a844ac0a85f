import { readFile } from 'node:fs/promises';
import { Failure } from '../../shared/contract/failure.ts';
import type { Recipe } from '../../shared/contract/recipe.ts';
import type { Mistake } from '../../shared/contract/validate.ts';
import { checkRecipe } from '../host/recipes.ts';
import { loadProfiles } from '../host/tools.ts';
import type { ExitCode } from './command.ts';
import { mistakeLines, type Output } from './output.ts';
import { pathOf, resources } from './places.ts';

/** More than any recipe is; a wrong file (a disk image, say) is not read into memory whole. */
const longest = 1_000_000;

/** A recipe from a file, or every mistake in it with its path. Opens nothing else and creates nothing. */
export async function readRecipe(given: string): Promise<{ recipe: Recipe } | { mistakes: Mistake[] }> {
  const text = await readFile(pathOf(given), 'utf8').catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== 'string')
    return one(given, `cannot be read: ${reasons[text.code ?? ''] ?? text.message}`);
  if (text.length > longest) return one(given, 'is too large for a recipe');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return one(given, `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return checkRecipe(value, await loadProfiles(resources));
}

const one = (path: string, message: string): { mistakes: Mistake[] } => ({ mistakes: [{ path, message }] });

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
};

/** Names every mistake; a recipe that cannot be used is wrong usage. */
export function refuseRecipe(mistakes: readonly Mistake[], { wrong }: Pick<Output, 'wrong'>): ExitCode {
  const failure = new Failure('RECIPE_INVALID', { count: mistakes.length });
  wrong({ failure, mistakes }, [failure.message, ...mistakeLines(mistakes), failure.next]);
  return 2;
}
