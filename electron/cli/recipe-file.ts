import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Failure } from '../../shared/contract/failure.ts';
import type { Recipe } from '../../shared/contract/recipe.ts';
import type { Mistake } from '../../shared/contract/validate.ts';
import { checkRecipe } from '../host/recipes.ts';
import { loadProfiles } from '../host/tools.ts';
import type { ExitCode } from './command.ts';
import { mistakeLines, type Output } from './output.ts';
import { pathOf, resources } from './places.ts';
import { recipeValue } from './recipe-text.ts';

/** Bytes, more than any recipe is; a wrong file (a disk image, say) is not read into memory whole. */
const longest = 1_000_000;

/** A recipe from a file, or every mistake in it with its path. Opens nothing else and creates nothing. */
export async function readRecipe(given: string): Promise<{ recipe: Recipe } | { mistakes: Mistake[] }> {
  const bytes = await bytesOf(pathOf(given)).catch((error: NodeJS.ErrnoException) => error);
  if (bytes instanceof Error) {
    return one(given, `cannot be read: ${reasons[bytes.code ?? ''] ?? bytes.message}`);
  }
  if (typeof bytes === 'string') return one(given, bytes);
  const read = recipeValue(bytes);
  if ('mistake' in read) return one(given, read.mistake);
  const checked = checkRecipe(read.value, await loadProfiles(resources));
  if (read.twice.length === 0) return checked;
  return { mistakes: [...read.twice, ...('mistakes' in checked ? checked.mistakes : [])] };
}

/** Looked at before it is opened: a device is read for ever, and opening a pipe waits for whoever writes to it. */
async function bytesOf(path: string): Promise<Uint8Array | string> {
  const facts = await stat(path);
  if (facts.isDirectory()) return 'cannot be read: it is a folder';
  if (!facts.isFile()) return 'cannot be read: it is a device or a pipe, not a file';
  const bytes: Buffer[] = [];
  let size = facts.size;
  if (size <= longest) {
    // A file of the system says that its size is 0, and one that is being written grows.
    for await (const piece of createReadStream(path, { end: longest })) bytes.push(piece as Buffer);
    size = bytes.reduce((sum, piece) => sum + piece.length, 0);
  }
  return size > longest ? 'is too large for a recipe' : Buffer.concat(bytes);
}

const one = (path: string, message: string): { mistakes: Mistake[] } => ({ mistakes: [{ path, message }] });

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'it is not there',
  EACCES: 'this user may not read it',
};

/** Names every mistake; a recipe that cannot be used is wrong usage. */
export function refuseRecipe(mistakes: readonly Mistake[], { wrong }: Pick<Output, 'wrong'>): ExitCode {
  const failure = new Failure('RECIPE_INVALID', { count: mistakes.length });
  wrong({ failure, mistakes }, [failure.message, ...mistakeLines(mistakes), failure.next]);
  return 2;
}
