import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, secondsOf } from './child.ts';
import type { Figure } from './figure.ts';

const demo = join(root, 'resources', 'recipes', 'demo.json');
const entry = join(root, 'electron', 'cli', 'main.ts');

/** The demo recipe for eight units at once, beside the same for one. */
export const manyUnits: Figure = {
  name: 'plumb run --all, 8 bench units',
  beside: '1 bench unit',
  unit: 's',
  runs: 2,
  measure: async () => ({ ours: await commission(8), beside: await commission(1) }),
};

async function commission(boards: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-bench-'));
  try {
    const recipe = JSON.parse(await readFile(demo, 'utf8')) as { provision: { tag: string } };
    recipe.provision.tag = 'TT-{n}';
    const path = join(folder, 'recipe.json');
    await writeFile(path, JSON.stringify(recipe));
    const where = [
      '--reference',
      'bench:reference',
      '--boards',
      String(boards),
      '--out',
      join(folder, 'out'),
    ];
    const args = [entry, 'run', path, '--all', ...where, '--json'];
    const { seconds, stdout } = await secondsOf(process.execPath, args);
    const { units } = JSON.parse(stdout) as { units: { verdict: string | null }[] };
    const passed = units.filter(({ verdict }) => verdict === 'pass').length;
    if (passed !== boards) throw new Error(`${passed} of ${boards} units passed`);
    return seconds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
