import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJob } from '../store/job-store.ts';
import { commands } from './commands.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function plumb(...asked: string[]) {
  const heard = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (heard[name] += text) });
  const output = outputOf(asked.includes('--json'), sink('stdout'), sink('stderr'));
  const terminal = { output, log: pino({ level: 'silent' }), signal: new AbortController().signal };
  const code = await runTerminal(asked, commands, terminal);
  return { code, ...heard, answer: () => JSON.parse(heard.stdout) };
}

const unit = {
  hardwareId: 'e66058388303aa2f',
  family: 'micropython',
  implementation: 'micropython',
  version: '1.25.0',
  platform: 'rp2',
  machine: 'Raspberry Pi Pico',
  freeBytes: 1,
  totalBytes: 2,
  tag: null,
  agent: null,
};

function snapshot(name: string, config: string, secrets: string[] = []): string {
  const bytes = Buffer.from(config);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { name: 'config.json', path: '/a/config.json', sha256, base64: bytes.toString('base64') };
  const whole = { format: 'plumbline-snapshot-1', unit, at: 1, software: null, files: [file], secrets };
  writeFileSync(at(name), JSON.stringify(whole));
  return at(name);
}

describe('plumb diff', () => {
  it('of the same bytes: identical, exit 0', async () => {
    const [a, b] = [snapshot('a', '{"v":1}'), snapshot('b', '{"v":1}')];
    expect(await plumb('diff', a, b)).toMatchObject({
      code: 0,
      stdout: 'Identical: every byte of every file.\n',
    });
    expect((await plumb('diff', a, b, '--json')).answer()).toMatchObject({ identical: true, lines: [] });
  });

  it('of one byte that says nothing else: not identical, exit 1', async () => {
    const { code, stdout } = await plumb('diff', snapshot('a', '{"v":1}'), snapshot('b', '{"v":1} '));
    expect(code).toBe(1);
    expect(stdout).toContain('config.json (bytes): "7 bytes; from byte 7 on: nothing" -> ');
  });

  it('names each value with the factory’s beside it', async () => {
    const [a, b] = [
      snapshot('a', '{"version":1,"tag":"A"}'),
      snapshot('b', '{"version":2,"tag":"B\\u001b[2J\u009b\u202e"}'),
    ];
    const { code, stdout } = await plumb('diff', a, b, '--factory', 'bench-thermometer');
    expect(code).toBe(1);
    expect(stdout).toContain('config.json /version: 1 -> 2  (factory 0)\n');
    // Nothing that a unit says steers the terminal.
    expect(stdout).toContain('config.json /tag: "A" -> "B\\u001b[2J\\u{9b}\\u{202e}"\n');
  });

  it('with secrets on both sides is never called identical', async () => {
    const [a, b] = [snapshot('a', '{}', ['secret.json']), snapshot('b', '{}', ['secret.json'])];
    const { code, answer } = await plumb('diff', a, b, '--json');
    expect([code, answer().identical]).toEqual([1, false]);
  });

  it('of what is no snapshot, or a profile that is not there, is refused', async () => {
    writeFileSync(at('x'), 'nothing');
    expect((await plumb('diff', at('x'), at('x'), '--json')).answer()).toMatchObject({
      failure: { code: 'FILE_UNREADABLE' },
    });
    const a = snapshot('a', '{}');
    expect((await plumb('diff', a, a, '--factory', 'none', '--json')).answer()).toMatchObject({
      failure: { code: 'NOT_FOUND' },
    });
  });
});

it.each([
  [['snapshot', '--port', '/dev/x', '--out', 'y'], 'say --yes'],
  [['snapshot', '--port', 'bench:1', '--out', 'y', '--yes'], 'ports of this computer'],
  [['diff', '/dev/x', '/dev/y'], 'say --yes'],
  [['restore', 'x', '--port', '/dev/x'], 'say --yes'],
  [['restore', 'x', '--port', 'tcp:x', '--yes'], 'must be tcp:host:port'],
])('%j is wrong usage', async (asked, words) => {
  const { code, stderr } = await plumb(...asked);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

describe('a project’s keys and bundles', () => {
  const description = {
    format: 'plumbline-bundle-1',
    product: 'plumbline-agent',
    hardware: [{ machine: '*', platform: '*', minRevision: null, maxRevision: null }],
    version: '1.4.0',
    securityCounter: 3,
    minimumApp: '0.1.0',
    expires: null,
  };
  beforeEach(async () => {
    createJob(at('job.plumb'), { name: 'Pump house' }).close();
    mkdirSync(at('slot', 'plumbline'), { recursive: true });
    writeFileSync(at('slot', 'plumbline', 'agent.py'), '');
    writeFileSync(at('about.json'), JSON.stringify(description));
    await plumb('bundle', 'key', '--out', at('keys'), '--unencrypted');
    await plumb('bundle', 'make', at('slot'), '--manifest', at('about.json'), '--out', at('b'));
    expect((await plumb('bundle', 'sign', at('b'), '--key', at('keys', 'bundle.key'))).code).toBe(0);
  });
  const inProject = (...asked: string[]) => plumb(...asked, '--project', folder, '--json');
  const trust = () => inProject('keys', 'trust', at('keys', 'bundle.pub'), '--name', 'Sensor works');

  it('a bundle is accepted once its key is trusted, and not after it was withdrawn', async () => {
    expect((await plumb('keys', 'list', '--project', folder)).stdout).toContain('trusts no key');
    expect((await inProject('bundle', 'accept', at('b'))).answer()).toMatchObject({
      failure: { code: 'BUNDLE_UNTRUSTED' },
    });
    expect(readdirSync(folder)).not.toContain('job.plumb-bundles');
    const [key] = (await trust()).answer().keys as { id: string; name: string }[];
    expect(key?.name).toBe('Sensor works');
    const { bundle } = (await inProject('bundle', 'accept', at('b'))).answer();
    expect(readdirSync(at('job.plumb-bundles'))).toEqual([`${bundle.id}.bundle`]);
    expect((await inProject('keys', 'withdraw', key?.id ?? '')).answer()).toEqual({ keys: [] });
    expect((await inProject('bundle', 'accept', at('b'))).code).toBe(1);
    expect((await inProject('keys', 'withdraw', key?.id ?? '')).answer()).toMatchObject({
      failure: { code: 'NOT_FOUND' },
    });
  });

  it('half an override is wrong usage', async () => {
    expect((await inProject('bundle', 'accept', at('b'), '--override-name', 'A')).code).toBe(2);
  });

  it.each([
    ['A\nB', 'x'],
    ['A', ' '],
    ['', ''],
    ['A'.repeat(61), 'x'],
  ])('an override that no record could keep is wrong usage: %j, %j', async (name, reason) => {
    const asked = ['--override-name', name, '--override-reason', reason];
    await trust();
    expect((await inProject('bundle', 'accept', at('b'), ...asked)).code).toBe(2);
    const key = ['--key', at('keys', 'bundle.pub')];
    expect((await plumb('bundle', 'verify', at('b'), ...key, '--counter', '9', ...asked)).code).toBe(2);
  });

  it('a project that is none is refused', async () => {
    writeFileSync(at('x.plumb'), 'x');
    expect((await plumb('keys', 'list', '--project', at('x.plumb'), '--json')).answer()).toMatchObject({
      failure: { code: 'PROJECT_INVALID' },
    });
  });
});
