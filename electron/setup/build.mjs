import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { modernNode } from './node.mjs';
import { root, SetupProblem, say } from './places.mjs';
import { run } from './run.mjs';

const page = ['renderer', 'shared', '.config/renderer.vite.config.ts', 'package-lock.json'];

/** What can be built, from what, with what. The window's build holds the page too. */
const builds = {
  verifier: {
    inputs: [
      'renderer/verifier',
      'renderer/ui/tokens.css',
      'shared',
      '.config/verifier.vite.config.ts',
      'package-lock.json',
    ],
    output: 'out/verifier.html',
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', '.config/verifier.vite.config.ts'],
  },
  page: {
    inputs: page,
    output: 'out/renderer/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', '.config/renderer.vite.config.ts'],
  },
  window: {
    inputs: [...page, 'electron', '.config/electron.vite.config.ts'],
    output: 'out/main/main.js',
    command: [
      'node_modules/electron-vite/bin/electron-vite.js',
      'build',
      '--config',
      '.config/electron.vite.config.ts',
    ],
  },
};

/**
 * Builds the page (or the page and the window's program), and the page that verifies dossiers, which the app hands
 * out, unless out/ is already made from these very files.
 */
export async function ensureBuilt(what) {
  const wanted = ['verifier', what];
  if (wanted.every(isCurrent)) return;
  await withLock(
    join(root, '.cache', 'setup.lock'),
    async () => {
      for (const each of wanted) if (!isCurrent(each)) await build(each);
    },
    () => say('another start is building; waiting for it'),
  );
}

async function build(what) {
  say(`building the ${what}`);
  const made = what === 'window' ? ['window', 'page'] : [what];
  const stamps = Object.fromEntries(made.map((name) => [name, stamp(builds[name].inputs)]));
  const [script, ...args] = builds[what].command;
  const options = { cwd: root, stdio: ['ignore', 2, 2], limitMs: 5 * 60_000 };
  const code = await run(modernNode(), [join(root, script), ...args, '--logLevel', 'warn'], options);
  if (code !== 0)
    throw new SetupProblem(`the ${what} could not be built (code ${code}); the reason stands above.`);
  mkdirSync(join(root, 'out'), { recursive: true });
  for (const [name, value] of Object.entries(stamps)) writeFileSync(stampFile(name), value);
}

const stampFile = (what) => join(root, 'out', `.${what}-stamp`);

function isCurrent(what) {
  if (!existsSync(join(root, builds[what].output)) || !existsSync(stampFile(what))) return false;
  return readFileSync(stampFile(what), 'utf8') === stamp(builds[what].inputs);
}

/** Names, sizes and times of all input files: seen in milliseconds, and any edit, new file or removed file changes it. */
export function stamp(inputs, folder = root) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesOf(join(folder, input))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file.slice(folder.length)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.[a-z]+$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
