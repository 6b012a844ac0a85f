import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../../electron/setup/build.mjs';
import { root } from '../../electron/setup/places.mjs';

// Packages the app for Linux around a stand-in for Electron's program: everything but that program is the real thing.

const { createPackage, extractFile, listPackage } = createRequire(
  createRequire(import.meta.url).resolve('app-builder-lib'),
)('@electron/asar');

/** The marks by which @electron/fuses finds the fuse wire in a program: version 1, nine fuses, all on. */
const fuseWire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x09111111111';

let folder;
let app;
let archive;
let files;

beforeAll(async () => {
  await ensureBuilt('window');
  folder = mkdtempSync(join(tmpdir(), 'plumbline-packaging-'));
  const standIn = await makeStandIn(join(folder, 'electron'));
  const script = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const set = [`-c.electronDist=${standIn}`, `-c.directories.output=${join(folder, 'dist')}`];
  const result = spawnSync(
    process.execPath,
    [script, '--linux', 'dir', '--x64', '--publish', 'never', ...set],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  expect(result.status, result.stdout + result.stderr).toBe(0);
  app = join(folder, 'dist', 'linux-unpacked');
  archive = join(app, 'resources', 'app.asar');
  files = listPackage(archive).map((path) => path.replaceAll('\\', '/'));
}, 300_000);

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function makeStandIn(electron) {
  mkdirSync(join(electron, 'locales'), { recursive: true });
  mkdirSync(join(electron, 'resources'));
  mkdirSync(join(folder, 'default'));
  writeFileSync(join(folder, 'default', 'package.json'), '{}');
  await createPackage(join(folder, 'default'), join(electron, 'resources', 'default_app.asar'));
  writeFileSync(join(electron, 'electron'), `#!/bin/sh\nexit 0\n${fuseWire}\n`, { mode: 0o755 });
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  );
  writeFileSync(join(electron, 'version'), version);
  copyFileSync(join(root, 'LICENSE'), join(electron, 'LICENSE'));
  writeFileSync(join(electron, 'LICENSES.chromium.html'), '');
  for (const locale of ['en-US', 'de', 'fr']) writeFileSync(join(electron, 'locales', `${locale}.pak`), '');
  return electron;
}

it('holds the program, the page and what they need, and nothing of the checkout beside it', () => {
  const wanted = [
    '/out/main/main.js',
    '/out/main/board-worker.js',
    '/out/main/lab-worker.js',
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
    '/out/verifier.html',
  ];
  for (const file of [...wanted, '/package.json', '/node_modules/serialport/package.json'])
    expect(files).toContain(file);
  const tops = new Set(files.map((file) => file.split('/')[1]));
  expect(tops).toEqual(new Set(['node_modules', 'out', 'package.json']));
  expect(files.filter((file) => /\.(?:map|md|ts|cts|mts)$/.test(file))).toEqual([]);
  expect(
    files.filter((file) => /node_modules\/(?:react|vite|electron|electron-builder|playwright)\//.test(file)),
  ).toEqual([]);
});

it('shows the preload script as CommonJS, which a sandboxed window needs', () => {
  const preload = extractFile(archive, 'out/preload/preload.cjs').toString();
  expect(preload).toMatch(/require\(["']electron["']\)/);
  expect(preload).not.toMatch(/^import /m);
});

it('carries one serial binding, of this platform, outside of the archive', () => {
  const natives = readdirSync(join(app, 'resources', 'app.asar.unpacked'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.node'));
  expect(natives).toHaveLength(1);
  expect(natives[0]).toMatch(/linux-x64.*glibc|linux-x64.*node\.napi\.node/);
});

it('carries the agent, profiles and udev rules beside the archive', () => {
  for (const file of ['agent', 'profiles', 'fonts', 'linux/60-plumbline.rules']) {
    expect(existsSync(join(app, 'resources', 'resources', file)), file).toBe(true);
  }
  expect(readdirSync(join(app, 'locales')).sort()).toEqual(['de.pak', 'en-US.pak']);
});

it('has every fuse set as decided', () => {
  const program = readFileSync(join(app, 'plumbline'), 'latin1');
  const at = program.indexOf(fuseWire.slice(0, 32));
  expect(at).toBeGreaterThan(0);
  // In the order of FuseV1Options: runAsNode, cookieEncryption, nodeOptions, nodeCliInspect, asarIntegrity,
  // onlyLoadAppFromAsar, browserProcessSnapshot, fileProtocolPrivileges, and wasmTrapHandlers as Electron has it.
  expect(program.slice(at + 34, at + 43)).toBe('010011001');
});
