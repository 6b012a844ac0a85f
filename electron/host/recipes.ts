import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CalibrationPlan } from '../../shared/contract/calibrate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import { Recipe } from '../../shared/contract/recipe.ts';
import { AuthorRule, type Mistake } from '../../shared/contract/validate.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import { compareDecimal } from '../../shared/units/decimal.ts';

/** A recipe, or every mistake in it with its path. Nothing else is touched. */
export function checkRecipe(
  value: unknown,
  profiles: ReadonlyMap<string, Profile>,
): { recipe: Recipe } | { mistakes: Mistake[] } {
  const parsed = Recipe.safeParse(value);
  const mistakes = [
    ...(parsed.success ? [] : schemaMistakes(parsed.error.issues)),
    ...againstProfile(value, profiles),
  ];
  return parsed.success && mistakes.length === 0 ? { recipe: parsed.data } : { mistakes };
}

interface Issue {
  code: string;
  path: PropertyKey[];
  message: string;
  keys?: string[];
}

/** One mistake a path: an unknown key is named itself, not the object that holds it. */
function schemaMistakes(issues: readonly object[]): Mistake[] {
  return (issues as Issue[]).flatMap(({ code, path, message, keys }) => {
    const at = path.map(String);
    if (code === 'unrecognized_keys' && keys) {
      return keys.map((key) => ({ path: [...at, key].join('.'), message: 'is not a field of a recipe' }));
    }
    return [{ path: at.join('.') || 'recipe', message }];
  });
}

/**
 * What the schema cannot know: whether the channel exists, whether values lie in its range. Each part that has the
 * right shape is looked at, whatever is wrong with the others, so that all mistakes are named at once.
 */
function againstProfile(value: unknown, profiles: ReadonlyMap<string, Profile>): Mistake[] {
  const { provision, calibrate, validate } = partsOf(value, ['provision', 'calibrate', 'validate']);
  const id = partsOf(provision, ['profile']).profile;
  if (typeof id !== 'string') return [];
  const profile = profiles.get(id);
  if (!profile) {
    const known = [...profiles.keys()].join(', ');
    return [{ path: 'provision.profile', message: `is not a known profile; known are: ${known}` }];
  }
  const plan = Recipe.shape.calibrate.safeParse(calibrate);
  const { rules, setPoints } = partsOf(validate, ['rules', 'setPoints']);
  const values = Recipe.shape.validate.shape.setPoints.safeParse(setPoints);
  return [
    ...(plan.success ? planMistakes(plan.data, values.success ? values.data : [], profile) : []),
    ...(Array.isArray(rules) ? ruleMistakes(rules, profile) : []),
  ];
}

const partsOf = <K extends string>(value: unknown, keys: readonly K[]): Partial<Record<K, unknown>> =>
  typeof value === 'object' && value !== null
    ? (Object.fromEntries(keys.map((key) => [key, Reflect.get(value, key)])) as Partial<Record<K, unknown>>)
    : {};

function ruleMistakes(rules: unknown[], profile: Profile): Mistake[] {
  const sound = rules.flatMap((rule, index) => {
    const parsed = AuthorRule.safeParse(rule);
    return parsed.success ? [{ index, rule: parsed.data }] : [];
  });
  if (sound.length === 0) return [];
  const compiled = compileRules(
    sound.map(({ rule }) => rule),
    profile.channels,
  );
  if (!('mistakes' in compiled)) return [];
  return compiled.mistakes.map(({ path, message }) => {
    const [first, ...rest] = path.split('.');
    const index = sound[Number(first)]?.index ?? first;
    return { path: ['validate.rules', index, ...rest].join('.'), message };
  });
}

function planMistakes(plan: CalibrationPlan, setPoints: readonly string[], profile: Profile): Mistake[] {
  const channel = profile.channels.find(({ id }) => id === plan.channel);
  if (!channel) {
    const known = profile.channels.map(({ id }) => id).join(', ');
    return [{ path: 'calibrate.channel', message: `is not a channel of ${profile.id}; it has: ${known}` }];
  }
  const inRange = (path: string, values: readonly string[]): Mistake[] =>
    values.flatMap((value, index) =>
      compareDecimal(value, channel.min) < 0 || compareDecimal(value, channel.max) > 0
        ? [
            {
              path: `${path}.${index}`,
              message: `is outside the channel's range, ${channel.min} to ${channel.max} ${channel.unit}`,
            },
          ]
        : [],
    );
  const repeated = plan.points.flatMap((point, index) =>
    plan.points.findIndex((other) => compareDecimal(other, point) === 0) < index
      ? [{ path: `calibrate.points.${index}`, message: 'is the same as an earlier point' }]
      : [],
  );
  const positive = [
    ...(['maxDrift', 'maxSpread', 'nearNominal'] as const).map(
      (name) => [`calibrate.stability.${name}`, plan.stability[name]] as const,
    ),
    ['calibrate.tolerance', plan.tolerance] as const,
  ].flatMap(([path, value]) =>
    compareDecimal(value, '0') > 0 ? [] : [{ path, message: 'must be greater than 0' }],
  );
  return [
    ...inRange('calibrate.points', plan.points),
    ...repeated,
    ...positive,
    ...inRange('validate.setPoints', setPoints),
  ];
}

/** The recipe that `npm start` offers; it is checked like any other. */
export async function demoRecipe(resources: string, profiles: ReadonlyMap<string, Profile>): Promise<Recipe> {
  const path = join(resources, 'recipes', 'demo.json');
  const checked = checkRecipe(JSON.parse(await readFile(path, 'utf8')), profiles);
  if ('recipe' in checked) return checked.recipe;
  const [first] = checked.mistakes;
  throw new Failure('FILE_UNREADABLE', { path, detail: `${first?.path}: ${first?.message}` });
}
