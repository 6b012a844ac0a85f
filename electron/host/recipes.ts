import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import { UnitSettings } from '../../shared/contract/provision.ts';
import { Recipe } from '../../shared/contract/recipe.ts';
import type { Mistake } from '../../shared/contract/validate.ts';
import { certificateMistakes } from './recipe-certificate.ts';
import { choicesOf, sound } from './recipe-choices.ts';
import { inOrder } from './recipe-order.ts';
import { planMistakes } from './recipe-plan.ts';
import { ruleMistakes } from './recipe-rules.ts';
import { sourceMistakes } from './recipe-source.ts';
import { type Found, schemaMistakes, valueAt } from './recipe-words.ts';

/**
 * A recipe, or every mistake in it with its path, in the order of the document. Nothing else is touched. Each field
 * is judged by itself, whatever is wrong with the others: who corrects all that is named is done.
 */
export function checkRecipe(
  value: unknown,
  profiles: ReadonlyMap<string, Profile>,
): { recipe: Recipe } | { mistakes: Mistake[] } {
  const parsed = Recipe.safeParse(value);
  const id = sound(UnitSettings.shape.profile, valueAt(value, ['provision', 'profile']));
  const profile = id === undefined ? undefined : profiles.get(id);
  const choices = choicesOf(profile, profiles);
  const found = [
    ...(parsed.success ? [] : schemaMistakes(parsed.error.issues, value)),
    ...(id === undefined || profile ? [] : [unknownProfile(profiles)]),
    ...connectionMistakes(value),
    ...planMistakes(value, choices),
    ...sourceMistakes(value, choices),
    ...certificateMistakes(value),
    ...ruleMistakes(value, choices),
  ];
  return parsed.success && found.length === 0 ? { recipe: parsed.data } : { mistakes: inOrder(found, value) };
}

const unknownProfile = (profiles: ReadonlyMap<string, Profile>): Found => ({
  path: ['provision', 'profile'],
  message: `is not a known profile; known are: ${[...profiles.keys()].join(', ')}`,
});

/** What the schema cannot know of the connection. */
function connectionMistakes(recipe: unknown): Found[] {
  const path = ['connection', 'broker', 'tls'];
  const isCertificate = valueAt(recipe, ['connection', 'broker', 'login', 'kind']) === 'certificate';
  if (!isCertificate || valueAt(recipe, path) !== null) return [];
  return [{ path, message: 'must not be null where the unit signs in with a certificate' }];
}

/** The recipe that `npm start` offers; it is checked like any other. */
export async function demoRecipe(resources: string, profiles: ReadonlyMap<string, Profile>): Promise<Recipe> {
  const path = join(resources, 'recipes', 'demo.json');
  const checked = checkRecipe(JSON.parse(await readFile(path, 'utf8')), profiles);
  if ('recipe' in checked) return checked.recipe;
  const [first] = checked.mistakes;
  throw new Failure('FILE_UNREADABLE', { path, detail: `${first?.path}: ${first?.message}` });
}
