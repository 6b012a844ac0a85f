import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recipe } from '../../shared/contract/recipe.ts';
import { unavoidableSeconds } from './bath-waits.ts';
import { root, secondsOf } from './child.ts';
import type { Figure } from './figure.ts';

const recipe = join(root, 'resources', 'recipes', 'demo.json');
const entry = join(root, 'electron', 'cli', 'main.ts');

/** The whole demo commissioning on the simulated bench, from the start of the process to its end. */
export const plumbRun: Figure = {
  name: 'plumb run of the demo recipe',
  beside: 'the waits that the bath and the delays dictate',
  unit: 's',
  runs: 3,
  measure: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumb-bench-'));
    try {
      const ports = ['--port', 'bench:1', '--reference', 'bench:reference'];
      const args = [entry, 'run', recipe, ...ports, '--out', join(folder, 'out'), '--json'];
      const { seconds } = await secondsOf(process.execPath, args);
      const beside = unavoidableSeconds(Recipe.parse(JSON.parse(await readFile(recipe, 'utf8'))));
      return { ours: seconds, beside };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
