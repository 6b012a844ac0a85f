import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleCommands } from './bundle.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

const description = {
  format: 'plumbline-bundle-1',
  product: 'edge-agent',
  hardware: [{ machine: 'Raspberry Pi Pico*', platform: 'rp2', minRevision: null, maxRevision: null }],
  version: '1.4.0',
  securityCounter: 3,
  minimumApp: '0.1.0',
  expires: null,
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-bundle-'));
  await mkdir(at('unit', 'plumbline'), { recursive: true });
  await writeFile(at('unit', 'main.py'), 'print(1)\n');
  await writeFile(at('unit', 'plumbline', '__init__.py'), '');
  await writeFile(at('manifest.json'), JSON.stringify(description));
});

afterEach(() => rm(folder, { recursive: true }));

async function plumb(...asked: string[]) {
  let stdout = '';
  const sink = { write: (text: string) => (stdout += text) };
  const output = outputOf(true, sink, { write: () => undefined });
  const log = pino({ level: 'silent' });
  const signal = new AbortController().signal;
  const code = await runTerminal(['bundle', ...asked, '--json'], bundleCommands, { output, log, signal });
  return { code, answer: JSON.parse(stdout) };
}

const key = (...more: string[]) => plumb('key', '--out', at('keys'), ...more);
const make = (...more: string[]) =>
  plumb('make', at('unit'), '--manifest', at('manifest.json'), '--out', at('b'), ...more);
const sign = (...more: string[]) => plumb('sign', at('b'), '--key', at('keys', 'bundle.key'), ...more);
const verify = (...more: string[]) => plumb('verify', at('b'), '--key', at('keys', 'bundle.pub'), ...more);

async function signed(): Promise<void> {
  for (const step of [await key('--unencrypted'), await make(), await sign()]) expect(step.code).toBe(0);
}

describe('from a folder to a verified bundle', () => {
  it('with one key', async () => {
    await signed();
    const asked = ['--product', 'edge-agent', '--machine', 'Raspberry Pi Pico W', '--platform', 'rp2'];
    const { code, answer } = await verify(...asked, '--counter', '3');
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      ok: true,
      manifest: { ...description, files: [{ path: '/main.py' }, { path: '/plumbline/__init__.py' }] },
      asked: { product: true, machine: true },
      overridden: null,
    });
  });

  it('with a lower counter, by name and reason', async () => {
    await signed();
    expect(await verify('--counter', '4')).toMatchObject({
      code: 1,
      answer: { failure: { code: 'BUNDLE_ROLLBACK' } },
    });
    const why = ['--override-name', 'A. B.', '--override-reason', 'field test'];
    expect(await verify('--counter', '4', ...why)).toMatchObject({
      code: 0,
      answer: { overridden: { name: 'A. B.', reason: 'field test', counter: 3, highestCounterSeen: 4 } },
    });
  });
});

describe('a key pair', () => {
  it.skipIf(process.platform === 'win32')('has a secret half that only its owner reads', async () => {
    await key('--unencrypted');
    expect((await stat(at('keys', 'bundle.key'))).mode & 0o777).toBe(0o600);
  });

  it('is never replaced', async () => {
    await key('--unencrypted');
    const before = await readFile(at('keys', 'bundle.key'), 'utf8');
    expect(await key('--unencrypted')).toMatchObject({
      code: 1,
      answer: { failure: { code: 'FILE_UNWRITABLE' } },
    });
    expect(await readFile(at('keys', 'bundle.key'), 'utf8')).toBe(before);
  });

  it('is there whole or not at all', async () => {
    await mkdir(at('keys'));
    await writeFile(at('keys', 'bundle.pub'), 'of another key');
    expect((await key('--unencrypted')).code).toBe(1);
    await expect(stat(at('keys', 'bundle.key'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('needs a passphrase that is not empty, or a word that there is to be none', async () => {
    await writeFile(at('empty'), '\n');
    expect((await key('--passphrase-file', at('empty'))).code).toBe(2);
    await expect(stat(at('keys'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a bundle is not made', () => {
  it('of a description with mistakes, each of which is named', async () => {
    await writeFile(
      at('manifest.json'),
      JSON.stringify({ ...description, version: '1', product: 'A', more: 1 }),
    );
    const { code, answer } = await make();
    expect(code).toBe(2);
    const paths = answer.mistakes.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['version', 'product']));
    await expect(stat(at('b'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['a link', (path: string) => symlink('/etc/passwd', path), 'link.py'],
    ['a name that the unit cannot take', (path: string) => writeFile(path, ''), 'a b.py'],
    ['a hidden file', (path: string) => writeFile(path, ''), '.secret'],
    ['a name that differs only by case', (path: string) => writeFile(path, ''), 'MAIN.py'],
  ])('of a folder with %s', async (_what, place, name) => {
    await place(at('unit', name));
    expect(await make()).toMatchObject({ code: 1, answer: { failure: { code: 'BUNDLE_INVALID' } } });
    await expect(stat(at('b'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('of a folder that is not there', async () => {
    await rm(at('unit'), { recursive: true });
    expect(await make()).toMatchObject({ code: 1, answer: { failure: { code: 'FILE_UNREADABLE' } } });
  });

  it('inside the folder that it is made of', async () => {
    expect(
      (await plumb('make', at('unit'), '--manifest', at('manifest.json'), '--out', at('unit', 'b'))).code,
    ).toBe(2);
  });
});

describe('what is refused', () => {
  it('a file that is no bundle is not signed, and stays as it is', async () => {
    await key('--unencrypted');
    await writeFile(at('b'), 'no bundle');
    expect(await sign()).toMatchObject({ code: 1, answer: { failure: { code: 'BUNDLE_INVALID' } } });
    expect(await readFile(at('b'), 'utf8')).toBe('no bundle');
  });

  it('a bundle that is not there', async () => {
    await key('--unencrypted');
    expect(await verify()).toMatchObject({ code: 1, answer: { failure: { code: 'FILE_UNREADABLE' } } });
  });

  it('a key that is none', async () => {
    await signed();
    await writeFile(at('keys', 'bundle.pub'), 'no key');
    expect(await verify()).toMatchObject({ code: 1, answer: { failure: { code: 'KEY_INVALID' } } });
  });

  it.each([
    ['--override-name', 'A. B.'],
    ['--platform', 'rp2'],
    ['--counter', '-1'],
    ['--counter', '1.5'],
  ])('%s %s alone is wrong usage', async (...more) => {
    await signed();
    expect((await verify(...more)).code).toBe(2);
  });
});
