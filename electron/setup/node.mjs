import { existsSync } from 'node:fs';
import * as modules from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileCache, root, SetupProblem } from './places.mjs';
import { run } from './run.mjs';

/** Plumbline runs on the Node major that Electron carries; the npm package `node` brings it. */
const major = 24;

/** The binary that the package `node` installed, or null. */
export function privateNode(folder = root) {
  const binary = join(
    folder,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(binary) ? binary : null;
}

const isModern = () => Number(process.versions.node.split('.')[0]) >= major;

/** A Node that runs TypeScript as it stands. */
export function modernNode() {
  const binary = privateNode() ?? (isModern() ? process.execPath : null);
  if (binary !== null) return binary;
  throw new SetupProblem(
    `Node ${major} is missing: npm skipped the install script of the package "node". ` +
      'Run "npm rebuild node --ignore-scripts=false", then try again.',
  );
}

/**
 * Goes on with a TypeScript program of this checkout, which runs when it is loaded: in this very process where its
 * Node is new enough (as under `npm run` once the packages are there), else in one with the right Node.
 */
export async function enter(entry, args) {
  const file = join(root, entry);
  if (isModern()) {
    // For this process; those that it starts are told by their environment.
    modules.enableCompileCache(compileCache.NODE_COMPILE_CACHE);
    process.argv = [process.execPath, file, ...args];
    await import(pathToFileURL(file).href);
    return;
  }
  process.exitCode = await run(modernNode(), [file, ...args], { env: { ...process.env, ...compileCache } });
}
