import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

export interface Source {
  /** Path from the root of the checkout, with forward slashes. */
  path: string;
  text: string;
  /** What it imports or re-exports, types included: a path of this repository, or a package. */
  imports: string[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ['shared', 'electron', 'renderer', 'resources', 'test', '.config', '.ci'];
const code = /\.(?:ts|tsx|mts|mjs|cjs|js)$/;

/** Every text file that people write here, fixtures aside. */
export function readSources(): Source[] {
  return folders.flatMap(filesBelow).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, imports: code.test(path) ? importsOf(path, text) : [] };
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.(?:ts|tsx|mjs|cjs|js|py|css|html|yml|sh|rules)$|^run$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).split(sep).join('/'))
    .filter((path) => !path.includes('/fixtures/') && !path.includes('/node_modules/'));
}

/** Exported for its own test. */
export function importsOf(path: string, text: string): string[] {
  const { module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const named = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.map(({ moduleRequest }) => moduleRequest?.value),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      literal(text.slice(moduleRequest.start, moduleRequest.end)),
    ),
    // `type A = import('./a.ts').A` is no import statement, and an arrow all the same.
    ...[...text.matchAll(/\bimport\((['"])(.+?)\1\)/g)].map(([, , name]) => name),
  ];
  return [...new Set(named.filter((name) => name !== undefined))].map((name) => resolved(path, name));
}

const literal = (expression: string): string | undefined => /^(['"`])([^$]*)\1$/.exec(expression)?.[2];

const resolved = (from: string, name: string): string =>
  name.startsWith('.') ? posix.join(posix.dirname(from), name) : name;
