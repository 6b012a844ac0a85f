import type { Command } from './command.ts';
import { readRecipe, refuseRecipe } from './recipe-file.ts';

export const recipeCheckCommand: Command = {
  name: 'recipe check',
  summary: 'name every mistake in a recipe',
  arguments: [{ name: 'recipe', description: 'the recipe, a JSON file' }],
  example: 'plumb recipe check resources/recipes/demo.json',
  run: async (input, context) => {
    const checked = await readRecipe(input.arguments[0] ?? '');
    if ('mistakes' in checked) return refuseRecipe(checked.mistakes, context);
    const { title, calibrate, validate } = checked.recipe;
    const [points, rules] = [calibrate?.points.length ?? 0, validate?.rules.length ?? 0];
    context.answer({ ok: true, title, points, rules }, [
      `"${title}" is sound: ${points} calibration points, ${rules} rules.`,
    ]);
    return 0;
  },
};
