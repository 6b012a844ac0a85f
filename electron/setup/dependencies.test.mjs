import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { ensureDependencies, isSameTree } from './dependencies.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const json = (file, value) => writeFileSync(join(folder, file), JSON.stringify(value));
const lockfile = {
  '': { name: 'plumbline' },
  'node_modules/node': { version: '24.21.0' },
  'node_modules/ws': { version: '8.23.0' },
  'node_modules/other-platform': { version: '1.0.0', optional: true },
};

/** A tree as npm leaves it, with the packages given. */
function installed(packages) {
  const bin = join(folder, 'node_modules', 'node', 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, process.platform === 'win32' ? 'node.exe' : 'node'), '');
  json('node_modules/.package-lock.json', { packages });
}

const full = { 'node_modules/node': { version: '24.21.0' }, 'node_modules/ws': { version: '8.23.0' } };

it('installs once, and again only when the lockfile has changed', async () => {
  json('package-lock.json', { packages: lockfile });
  let installs = 0;
  const install = async () => {
    installs += 1;
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
  };
  await Promise.all([ensureDependencies(folder, install), ensureDependencies(folder, install)]);
  await ensureDependencies(folder, install);
  expect(installs).toBe(1);
  json('package-lock.json', { packages: { ...lockfile, 'node_modules/zod': { version: '4.6.7' } } });
  await ensureDependencies(folder, install);
  expect(installs).toBe(2);
});

it('tries again after an install that failed', async () => {
  json('package-lock.json', { packages: lockfile });
  const offline = async () => {
    mkdirSync(join(folder, 'node_modules'));
    throw new Error('offline');
  };
  await expect(ensureDependencies(folder, offline)).rejects.toThrow('offline');
  let installs = 0;
  await ensureDependencies(folder, async () => {
    installs += 1;
  });
  expect(installs).toBe(1);
});

it('takes a tree that npm has installed by hand as it is', async () => {
  json('package-lock.json', { packages: lockfile });
  installed(full);
  await ensureDependencies(folder, () => expect.unreachable('nothing was to be installed'));
});

test.each([
  ['all but another platform’s package', full, true],
  ['another version', { ...full, 'node_modules/ws': { version: '8.22.0' } }, false],
  ['a missing package', { 'node_modules/node': { version: '24.21.0' } }, false],
  ['a package of no lockfile', { ...full, 'node_modules/stray': { version: '1.0.0' } }, false],
])('%s: %#', (_, packages, same) => {
  json('package-lock.json', { packages: lockfile });
  installed(packages);
  expect(isSameTree(folder)).toBe(same);
});

it('sees that the install script of the package "node" was skipped', () => {
  json('package-lock.json', { packages: lockfile });
  installed(full);
  rmSync(join(folder, 'node_modules', 'node', 'bin'), { recursive: true });
  expect(isSameTree(folder)).toBe(false);
});
