import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../electron/bench/bench.ts';
import {
  commandKey,
  signedCommand,
  type UnitCommand,
} from '../../electron/provisioning/credentials/credentials.ts';
import { Secret } from '../../electron/secrets/secrets.ts';
import { needs } from '../needs.ts';
import type { Watcher } from './networked-unit.ts';
import { CPythonUnit } from './networked-unit.ts';
import { clients, configWith, Scene } from './uplink-scene.ts';

/** Commands that change something, through the broker: what a unit takes, and what it refuses and counts. */
const scene = new Scene();
const project = new Secret('a key of the project, long enough');
const rules = {
  v: 1,
  in: [['t1', 5000]],
  sig: [['in', 0]],
  cond: [['hi', 0, 0, 0]],
  rule: [{ id: 'hot', c: 0, latch: 1, smax: 600_000 }],
};

interface Reply {
  id: number;
  ok?: unknown;
  no?: [string, string];
}

interface Talk {
  watcher: Watcher;
  boot: number;
  /** What the unit answers to this, as it stands. */
  tell: (words: string) => Promise<Reply>;
  signed: (changes?: Partial<UnitCommand> & { n?: number }) => string;
}

/** A unit at the bench's broker that takes commands as `commands` says. */
async function unitTaking(
  commands: string | undefined,
  make = clients[0]?.[1] ?? (() => expect.fail()),
  slot: Record<string, string> = {},
): Promise<Talk> {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  scene.unit = make(scene.folder);
  const { unit } = scene;
  const key = commandKey(project, unit.id);
  const watcher = await scene.watch({ port: broker.port });
  const secret = { v: 1, wifi: 'plumb-line', command: key.revealText() };
  const mqtt = { host: '127.0.0.1', port: broker.port, tls: false, ...(commands ? { commands } : {}) };
  await unit.start({
    config: configWith(mqtt),
    rules,
    slot: { 'secret.json': JSON.stringify(secret), ...slot },
  });
  const { boot } = JSON.parse(await watcher.next('birth')) as { boot: number };
  let answers = 0;
  const tell = async (words: string): Promise<Reply> => {
    answers += 1;
    await watcher.say(words);
    return JSON.parse(await watcher.next('reply', answers)) as Reply;
  };
  const signed: Talk['signed'] = (changes = {}) => {
    const command = {
      unit: unit.id,
      id: 7,
      verb: 'ack',
      args: { rule: 'hot' },
      boot,
      until: Date.now() + 60_000,
    };
    return signedCommand(key, { ...command, ...changes });
  };
  return { watcher, boot, tell, signed };
}

const plain = (verb: string, args: object = { rule: 0 }): string => JSON.stringify({ id: 3, verb, args });
const refused = async (): Promise<unknown> => ((await scene.unit.ask('net')) as { refused: unknown }).refused;

/** The same key, another text: what a signer may get wrong. */
function signedText(text: string): string {
  const key = Buffer.from(commandKey(project, scene.unit.id).revealText(), 'hex');
  return `${createHmac('sha256', key).update(`plumbline-command-1\n${text}`).digest('hex')} ${text}`;
}

for (const [name, make, program] of clients) {
  const tests = (): void => {
    it('takes nothing that changes it, unless its configuration says so', async () => {
      const { tell, signed, watcher } = await unitTaking(undefined, make);
      expect(await tell(plain('ack'))).toEqual({ id: 3, no: ['off', expect.any(String)] });
      expect(await tell(plain('shelve', { rule: 0, ms: 60_000 }))).toMatchObject({
        no: ['off', expect.any(String)],
      });
      expect(await tell(signed())).toEqual({ id: 0, no: ['off', expect.any(String)] });
      expect(await tell(plain('reset', {}))).toMatchObject({ no: ['invalid', 'no such verb'] });
      expect(await tell(plain('hello', {}))).toMatchObject({ id: 3, ok: { unit: scene.unit.id } });
      expect(await refused()).toEqual({ off: 3, verb: 1 });
      // The first refusal is said at once, those after it only later.
      await expect.poll(() => watcher.of('data').filter((text) => text.includes('"refused"')).length).toBe(1);
      const [said = ''] = watcher.of('data').filter((text) => text.includes('"refused"'));
      expect(JSON.parse(said)).toMatchObject({ refused: { off: 1 } });
    });

    it('takes what is signed for it, once', async () => {
      const { tell, signed } = await unitTaking('signed', make);
      const command = signed({ verb: 'shelve', args: { rule: 'hot', ms: 60_000 } });
      expect(await tell(command)).toMatchObject({ id: 7, ok: { seq: expect.any(Number) } });
      expect(await tell(command)).toEqual({ id: 7, no: ['old', expect.any(String)] });
      expect(await tell(signed())).toEqual({ id: 7, ok: {} });
      expect(await tell(signed({ args: { rule: 'cold' } }))).toMatchObject({
        no: ['invalid', 'no such rule'],
      });
      expect(await tell(signed({ verb: 'reset', args: {} }))).toMatchObject({
        no: ['invalid', 'no such verb'],
      });
      expect(await tell(plain('ack'))).toEqual({ id: 3, no: ['signature', expect.any(String)] });
      expect(await refused()).toEqual({ old: 1, verb: 1, signature: 1 });
    });

    it('refuses what is not from the key, not for it, or not of its time', async () => {
      const { tell, signed, boot, watcher } = await unitTaking('signed', make);
      const good = signed();
      expect(await tell(`${good.slice(0, -2)} }`)).toEqual({ id: 0, no: ['signature', expect.any(String)] });
      expect(await tell(`${'0'.repeat(64)}${good.slice(64)}`)).toMatchObject({
        id: 0,
        no: ['signature', expect.any(String)],
      });
      expect(await tell(signed({ unit: 'ffff' }))).toEqual({ id: 7, no: ['unit', expect.any(String)] });
      const other = commandKey(project, 'ffff');
      const foreign = { unit: scene.unit.id, id: 7, verb: 'ack', args: {}, boot, until: Date.now() + 60_000 };
      expect(await tell(signedCommand(other, foreign))).toMatchObject({
        id: 0,
        no: ['signature', expect.any(String)],
      });
      expect(await tell(signed({ until: Date.now() - 1, boot: boot + 1 }))).toEqual({
        id: 7,
        no: ['expired', expect.any(String)],
      });
      for (const text of [
        '[]',
        '{}',
        'no JSON',
        '{"id":1,"n":1.5}',
        '{"id":1,"n":true}',
        '{"n":1,"id":-1}',
      ]) {
        expect(await tell(signedText(text))).toMatchObject({ id: 0, no: ['form', expect.any(String)] });
      }
      await watcher.say(signed({ args: { much: 'x'.repeat(2000) } }));
      expect(await tell(good)).toEqual({ id: 7, ok: {} });
      expect(await refused()).toEqual({ signature: 3, unit: 1, expired: 1, form: 6, oversize: 1 });
      // Nothing that it says anywhere has the key in it.
      const key = commandKey(project, scene.unit.id).revealText();
      expect(JSON.stringify(watcher.seen)).not.toContain(key.slice(0, 16));
    });

    it('leaves it to the broker where its configuration does', async () => {
      const { tell } = await unitTaking('broker', make);
      expect(await tell(plain('ack'))).toEqual({ id: 3, ok: {} });
      expect(await tell(plain('stop', {}))).toMatchObject({ no: ['invalid', 'no such verb'] });
    });
  };
  (program ? needs(program) : describe)(name, tests);
}

describe('a unit that takes signed commands', () => {
  const cpython = (folder: string): CPythonUnit => new CPythonUnit(join(folder, 'unit'));
  const restarted = async (): Promise<CPythonUnit> => {
    const unit = scene.unit as CPythonUnit;
    await unit.stop();
    return unit;
  };

  it('knows after a reboot what it has taken', async () => {
    const { tell, signed, watcher } = await unitTaking('signed', cpython);
    const command = signed();
    expect(await tell(command)).toEqual({ id: 7, ok: {} });
    const unit = await restarted();
    unit.powerOn();
    await watcher.next('birth', 2);
    expect(await tell(command)).toEqual({ id: 7, no: ['old', expect.any(String)] });
    expect(await tell(signed())).toEqual({ id: 7, ok: {} });
  });

  it('takes none once the numbers of those before are lost', async () => {
    const { tell, signed, watcher } = await unitTaking('signed', cpython);
    expect(await tell(signed())).toEqual({ id: 7, ok: {} });
    expect(await tell(signed())).toEqual({ id: 7, ok: {} });
    const unit = await restarted();
    for (const at of [0, 1])
      await writeFile(join(scene.folder, 'unit', 'plumbline', `command.${at}`), 'torn');
    unit.powerOn();
    await watcher.next('birth', 2);
    expect(await tell(signed())).toEqual({ id: 7, no: ['spoilt', expect.any(String)] });
  });

  it.each([
    ['no key', {}],
    ['a short key', { command: 'abcd' }],
    ['no text', { command: 7 }],
  ])('refuses all with %s', async (_, secret) => {
    const slot = { 'secret.json': JSON.stringify({ v: 1, ...secret }) };
    const { tell, signed } = await unitTaking('signed', cpython, slot);
    expect(await tell(signed())).toEqual({ id: 0, no: ['signature', expect.stringContaining('no key')] });
  });

  it('says what is wrong with a configuration that knows no such way', async () => {
    scene.unit = cpython(scene.folder);
    await scene.unit.start({ config: configWith({ host: '127.0.0.1', commands: 'all' }) });
    expect(await scene.trouble()).toEqual(['files', 'config', expect.stringContaining('commands')]);
  });
});
