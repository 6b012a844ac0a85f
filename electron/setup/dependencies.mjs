import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { withLock } from './lock.mjs';
import { privateNode } from './node.mjs';
import { root, SetupProblem, say } from './places.mjs';
import { run } from './run.mjs';

const limitMs = 20 * 60_000;

/** Installs exactly what the lockfile names, when that is not what is there. Does nothing (and says nothing) otherwise. */
export async function ensureDependencies(folder = root, install = npmCi) {
  if (isCurrent(folder)) return;
  await withLock(
    join(folder, '.cache', 'setup.lock'),
    async () => {
      if (isCurrent(folder)) return;
      if (!isSameTree(folder)) await install(folder);
      writeFileSync(stampFile(folder), stamp(folder));
    },
    () => say('another start is setting up; waiting for it'),
  );
}

const stampFile = (folder) => join(folder, 'node_modules', '.plumbline-setup');

function stamp(folder) {
  const hash = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')));
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

function isCurrent(folder) {
  const file = stampFile(folder);
  return existsSync(file) && readFileSync(file, 'utf8') === stamp(folder);
}

/**
 * Somebody ran npm by hand: npm's own record of what it installed (node_modules/.package-lock.json, written last)
 * is compared with the lockfile, package by package. Only optional packages may be missing.
 */
export function isSameTree(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || privateNode(folder) === null) return false;
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(record, 'utf8')).packages;
  const complete = Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || (found[path] ? found[path].version === version : Boolean(optional || devOptional)),
  );
  return complete && Object.keys(found).every((path) => wanted[path] !== undefined);
}

async function npmCi(folder) {
  say('installing the packages of package-lock.json with "npm ci" (once; needs the network)');
  const { command, before } = npmCommand();
  // A production setting in the environment or `npm -s` must change neither what is installed nor what is said of it.
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: folder, stdio: ['ignore', 2, 2], limitMs, env: withoutOwnBin(folder) };
  const code = await run(command, [...before, ...flags], { ...options, shell: command === 'npm.cmd' }).catch(
    (error) => {
      throw new SetupProblem(
        `npm could not be started (${error.message}). Install Node.js 20 or later with npm, then try again.`,
      );
    },
  );
  if (code !== 0) throw new SetupProblem(npmFailed(code));
  say('packages installed');
}

function npmFailed(code) {
  const why = code === 124 ? 'took too long' : `ended with code ${code}, see above`;
  return `the packages could not be installed: npm ci ${why}. Check the network connection, then run the same command again.`;
}

/** The npm that started us, on its own Node; else the one on PATH. */
function npmCommand() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script && node && basename(script).startsWith('npm') && existsSync(node))
    return { command: node, before: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', before: [] };
}

/** npm empties node_modules first: nothing of it may be needed while that runs. */
function withoutOwnBin(folder) {
  const own = join(folder, 'node_modules', '.bin');
  const env = { ...process.env };
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  env[name] = (env[name] ?? '')
    .split(delimiter)
    .filter((entry) => entry !== own)
    .join(delimiter);
  return env;
}
