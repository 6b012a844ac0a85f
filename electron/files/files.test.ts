import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolder } from './files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes what is missing, and leaves what is there', () => {
  const path = join(folder, 'a', 'b', 'c');
  makeFolder(path);
  writeFileSync(join(path, 'kept'), 'x');
  makeFolder(path);
  makeFolder(`${path}/../d/`);
  expect(statSync(join(path, 'kept')).size).toBe(1);
  expect(statSync(join(folder, 'a', 'b', 'd')).isDirectory()).toBe(true);
});

it('takes a link to a folder for the folder', () => {
  symlinkSync(folder, join(folder, 'link'));
  makeFolder(join(folder, 'link', 'below'));
  expect(statSync(join(folder, 'below')).isDirectory()).toBe(true);
});

it.each([
  ['a file', 'file'],
  ['below a file', 'file/below'],
  ['a link to nothing', 'dangling'],
  ['a name that is too long', 'x'.repeat(300)],
  ['a name that no file can have', 'a\0b'],
])('refuses %s', (_, name) => {
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'nothing', 'here'), join(folder, 'dangling'));
  const path = join(folder, name);
  expect(() => makeFolder(path)).toThrow(
    expect.objectContaining({ code: 'FILE_UNWRITABLE', params: expect.objectContaining({ path }) }),
  );
});

it.runIf(process.platform === 'linux').each(['/proc/x', '/proc/x/y/z'])('ends where %s cannot be', (path) => {
  expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'FILE_UNWRITABLE' }));
});
