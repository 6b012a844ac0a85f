import { createHmac } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { inflateRawSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formsOf } from '../../electron/secrets/forms.ts';
import { demoRecipe, plumb, temporaryFolder } from './terminal.ts';

// A whole job with secrets that are known here, and then everything that it left, searched in every encoding.

/** That of the bench's own access point. */
const wifi = 'plumb-line';
const project = 'Mq"tt\\canary-7ü!';
const watcher = 'app-canary-%/+x';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const at = (...names: string[]): string => join(folder.path, ...names);

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(at('wifi'), `${wifi}\n`);
  await writeFile(at('project'), `${project}\n`);
  await writeFile(at('watcher'), watcher);
});

afterAll(() => folder.remove());

async function writeRecipe(): Promise<string> {
  const { calibrate, validate, ...recipe } = JSON.parse(await readFile(demoRecipe, 'utf8'));
  const dhcp = { kind: 'dhcp' };
  recipe.connection.network = {
    kind: 'wifi',
    ssid: 'bench',
    password: `file:${at('wifi')}`,
    address: dhcp,
  };
  recipe.connection.broker.login = {
    kind: 'password',
    username: 'unit-{unit}',
    password: `file:${at('project')}`,
  };
  recipe.connection.broker.watcher = {
    kind: 'password',
    username: 'app',
    password: `file:${at('watcher')}`,
  };
  const all = process.env.PLUMBLINE_FULL ? { ...recipe, calibrate, validate } : recipe;
  await writeFile(at('recipe.json'), JSON.stringify(all));
  return at('recipe.json');
}

/** What was packed in a PDF or on a line, unpacked. */
function unpacked(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)endstream/g)].map(([, body = '']) => body);
  const runs = [...text.matchAll(/[A-Za-z0-9+/]{32,}={0,2}/g)].map(([run]) =>
    Buffer.from(run, 'base64').toString('latin1'),
  );
  return [...streams, ...runs].flatMap((packed) =>
    [inflateSync, inflateRawSync].flatMap((inflate) => {
      try {
        return [inflate(Buffer.from(packed, 'latin1'), { finishFlush: 2 }).toString('latin1')];
      } catch {
        // Most of it is something else.
        return [];
      }
    }),
  );
}

/** Names of the secrets that are in there, with the form they have. */
function found(bytes: Buffer, secrets: Record<string, string>): string[] {
  const texts = [bytes.toString('latin1'), bytes.toString('utf8'), ...unpacked(bytes)];
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(Buffer.from(secret))
      .filter((form) => texts.some((text) => text.includes(form)))
      .map((form) => `${name} as ${form.slice(0, 4)}…`),
  );
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

it('a job leaves no secret anywhere: not in its files, its words, its log or the trace of its lines', async () => {
  const given = [await writeRecipe(), '--port', 'bench:1', '--reference', 'bench:reference'];
  const { code, stdout, stderr } = await plumb('run', ...given, '--out', at('out'), '--trace', '--json');
  expect(
    code,
    stderr
      .split('\n')
      .filter((line) => !line.startsWith('{'))
      .slice(-20)
      .join('\n'),
  ).toBe(0);
  const { unit } = JSON.parse(stdout) as { unit: string };
  const mac = createHmac('sha256', project).update(`plumbline-mqtt-1:${unit}`).digest();
  const secrets = { wifi, project, watcher, unit: mac.toString('base64url') };

  // The search finds what is there: what the unit was given, as it was pushed.
  const file = JSON.stringify({ mqtt: secrets.unit, v: 1, wifi });
  expect(found(Buffer.from(Buffer.from(` ${file}`).toString('base64')), secrets)).not.toEqual([]);
  expect(found(Buffer.from(project), secrets)).not.toEqual([]);

  const files = await filesBelow(at('out'));
  expect(files.map((path) => relative(at('out'), path))).toEqual(
    expect.arrayContaining(['job.plumb', 'record.json', 'report.pdf']),
  );
  for (const path of files) expect(found(await readFile(path), secrets), path).toEqual([]);
  expect(found(Buffer.from(stdout), secrets)).toEqual([]);
  expect(found(Buffer.from(stderr), secrets)).toEqual([]);

  const trace = stderr.split('\n').filter((line) => line.startsWith('{'));
  const lines = trace.map((line) => JSON.parse(line) as { direction?: string; text?: string });
  for (const direction of ['in', 'out']) {
    const line = lines
      .flatMap(({ direction: its, text }) => (its === direction ? [text ?? ''] : []))
      .join('');
    expect(line.length).toBeGreaterThan(1000);
    expect(found(Buffer.from(line), secrets)).toEqual([]);
    // What a transfer deflates is withheld: a secret in it would be found by nobody but who inflates it.
    expect(/[\u0080-\u00ff]{2}/.test(line.replaceAll('«redacted»', ''))).toBe(false);
  }
}, 240_000);
