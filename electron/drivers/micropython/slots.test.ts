import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentImage, calibration, configText, file, OneUnit, slotFile } from './agent-image.fixture.ts';

/** Software in slots, on a board with real MicroPython. */
let unit: OneUnit;
let expected: string;
const old = agentImage('OLD');
const fresh = agentImage('NEW');

beforeEach(async () => {
  unit = await OneUnit.start();
  expected = unit.expected;
});
afterEach(() => unit.close());

/** Writes files straight into the unit, as no push would. */
async function damage(path: string, content = 'damaged'): Promise<void> {
  await (await unit.session()).replace([file(path, content)], { expected });
}

describe('a push', () => {
  test('onto an empty unit: what runs is what was pushed, by its own hashes, and it is kept', async () => {
    const session = await unit.session();
    const steps: string[] = [];
    const { slot, files } = await session.push(old, {
      expected,
      before: (step, where) => steps.push(`${step} ${where}`),
    });
    expect([slot, ...steps]).toEqual(['a', 'staging a', 'flipping a']);
    expect(files.every(({ sent }) => sent)).toBe(true);
    const hello = await session.restart({ expected });
    expect(hello).toMatchObject({ slot: 'a', bootsLeft: 2, tag: 'OLD', manifest: old.manifest.sha256 });
    expect(hello.files).toEqual(Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256])));
    const link = await session.attach({ expected });
    await expect(link.confirm('0'.repeat(64))).rejects.toMatchObject({ code: 'UNIT_REFUSED' });
    await link.confirm(old.manifest.sha256);
    expect((await link.hello()).bootsLeft).toBeNull();
    for (let i = 0; i < 5; i += 1) await unit.cyclePower();
    expect(await unit.running()).toBe(old.manifest.sha256);
    expect(await (await unit.session()).identify()).toMatchObject({ tag: 'OLD', agent: '0.1.0' });
  });

  test('of other software takes the other slot, and sends only what the unit does not have', async () => {
    await unit.commission(old);
    const session = await unit.session();
    const { slot, files } = await session.push(fresh, { expected });
    expect(slot).toBe('b');
    expect(files.filter(({ sent }) => sent).map(({ path }) => path)).toEqual([
      '/b/config.json',
      '/b/plumbline/board.py',
      '/b/plumbline/rules.py',
      '/b/manifest.json',
    ]);
    expect(await session.software({ expected })).toMatchObject({
      active: 'b',
      bootsLeft: 3,
      fellBack: null,
      slots: { a: { manifest: old.manifest.sha256 }, b: { manifest: fresh.manifest.sha256 } },
    });
    expect(await session.restart({ expected })).toMatchObject({ slot: 'b', bootsLeft: 2, tag: 'NEW' });
  });

  test('made again sends nothing; confirmed software is not put on trial again', async () => {
    await unit.commission(old);
    const session = await unit.session();
    const steps: string[] = [];
    const before = (step: string): void => void steps.push(step);
    const again = await session.push(old, { expected, before });
    expect([again.slot, steps, again.files.filter(({ sent }) => sent)]).toEqual(['a', ['staging'], []]);
    await session.push(fresh, { expected });
    const trial = await session.push(fresh, { expected });
    expect([trial.slot, trial.files.filter(({ sent }) => sent)]).toEqual(['b', []]);
    expect(await session.rollBack({ expected, from: 'b' })).toBe('a');
    // Asked twice, it does not go back and forth.
    expect(await session.rollBack({ expected, from: 'b' })).toBe('a');
  });

  test('over software on trial keeps what was confirmed to fall back to', async () => {
    await unit.commission(old);
    const session = await unit.session();
    await session.push(fresh, { expected });
    const next = agentImage('NEXT');
    expect((await session.push(next, { expected })).slot).toBe('b');
    expect(await session.rollBack({ expected, from: 'b' })).toBe('a');
    expect(await session.restart({ expected })).toMatchObject({ tag: 'OLD', manifest: old.manifest.sha256 });
  });

  test('takes out of the slot what is not of the image', async () => {
    await unit.commission(old);
    await damage('/b/plumbline/stray.py');
    await damage('/b/lib/deep/stray.py');
    const session = await unit.session();
    await session.push(fresh, { expected });
    expect(await session.read('/b/plumbline/stray.py', { expected })).toBeNull();
    expect(await session.read('/b/lib/deep/stray.py', { expected })).toBeNull();
  });

  test('takes what the unit made itself from there, and fails where it is not', async () => {
    await unit.commission(old);
    const key = { ...slotFile('/key.pem', 'made on the unit'), bytes: null };
    const image = agentImage('NEW', {}, [key]);
    const session = await unit.session();
    await expect(session.push(image, { expected })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      params: { id: '/key.pem' },
      deviceState: 'unchanged',
    });
    await session.replace([file('/plumbline/made/key.pem', 'made on the unit')], { expected });
    const { files } = await session.push(image, { expected });
    expect(files.find(({ path }) => path === '/b/key.pem')).toMatchObject({
      sent: false,
      sha256: key.sha256,
    });
    expect((await session.restart({ expected })).files['/b/key.pem']).toBe(key.sha256);
  });

  test('to another unit writes nothing', async () => {
    const session = await unit.session();
    await expect(session.push(old, { expected: 'beef0001' })).rejects.toMatchObject({
      code: 'WRONG_UNIT',
      params: { found: expected },
      deviceState: 'unchanged',
    });
    expect(await session.read('/a/manifest.json', { expected })).toBeNull();
  });

  test('that is cancelled leaves the old software, and is gone on with', async () => {
    await unit.commission(old);
    const session = await unit.session();
    const stop = new AbortController();
    const onProgress = ({ bytesDone }: { bytesDone: number }): void => void (bytesDone > 0 && stop.abort());
    const pushing = session.push(fresh, { expected, signal: stop.signal, onProgress });
    await expect(pushing).rejects.toMatchObject({ code: 'CANCELLED', deviceState: 'staged' });
    expect(await session.restart({ expected })).toMatchObject({ manifest: old.manifest.sha256 });
    await session.push(fresh, { expected });
    expect(await session.restart({ expected })).toMatchObject({ manifest: fresh.manifest.sha256 });
  });

  test('onto a full unit, and onto one that is read-only, changes nothing', async () => {
    await unit.commission(old);
    const session = await unit.session();
    await unit.fault({ kind: 'fillDisk' });
    await expect(session.push(fresh, { expected })).rejects.toMatchObject({
      code: 'NO_SPACE',
      deviceState: 'unchanged',
    });
    await unit.fault({ kind: 'lockDisk' });
    await expect(session.push(fresh, { expected })).rejects.toMatchObject({
      code: 'UNIT_REFUSED',
      params: { errno: 30 },
      deviceState: 'unchanged',
    });
    await unit.fault({ kind: 'freeDisk' });
    expect(await session.software({ expected })).toMatchObject({ active: 'a', slots: { b: null } });
    await session.push(fresh, { expected });
    await unit.fault({ kind: 'fillDisk' });
    // The start cannot be counted, so what is not on trial runs.
    expect((await session.restart({ expected }).catch((thrown) => thrown)).code).toBe('NOT_CONFIRMED');
    expect(await unit.running()).toBe(old.manifest.sha256);
  });
});

describe('software that does not prove itself', () => {
  beforeEach(() => unit.commission(old));

  test.each([
    ['does not import', 'import nothing_there\n', /error: .*nothing_there/],
    ['dies at once', "def start(info):\n    raise ValueError('no sensor')\n", /error: ValueError: no sensor/],
    ['ends without a word', 'def start(info):\n    pass\n', /starts that it had/],
    [
      'hangs',
      'import time\ndef start(info):\n    while True:\n        time.sleep_ms(10)\n',
      /starts that it had/,
    ],
    ['hangs so that no Ctrl-C gets through', 'while True:\n    pass\n', /starts that it had/],
  ])(
    'and %s: the unit runs the old one again',
    async (_, source, detail) => {
      const session = await unit.session({ restartMs: 2500 });
      await session.push(agentImage('BAD', { '/plumbline/agent.py': source }), { expected });
      await expect(session.restart({ expected })).rejects.toMatchObject({
        code: 'NOT_CONFIRMED',
        params: { unit: expected, detail: expect.stringMatching(detail) },
        deviceState: 'old-still-runs',
      });
      expect(await unit.running()).toBe(old.manifest.sha256);
      const software = await (await unit.session()).software({ expected });
      expect(software).toMatchObject({ active: 'a', bootsLeft: null, fellBack: { from: 'b' } });
    },
    60_000,
  );

  test('and is never told to stay: given up after its starts, all by itself', async () => {
    const session = await unit.session();
    await session.push(fresh, { expected });
    for (const left of [2, 1, 0]) {
      await unit.cyclePower();
      expect(await unit.running()).toBe(fresh.manifest.sha256);
      const link = await (await unit.session()).attach({ expected });
      expect((await link.hello()).bootsLeft).toBe(left);
    }
    await unit.cyclePower();
    expect(await unit.running()).toBe(old.manifest.sha256);
    await unit.cyclePower();
    expect(await unit.running()).toBe(old.manifest.sha256);
    expect(await (await unit.session()).software({ expected })).toMatchObject({
      active: 'a',
      fellBack: { from: 'b', why: 'boots' },
    });
  });
});

describe('damage', () => {
  test('of the slot that counts: the other one is started; of both: that is said, and a push heals it', async () => {
    await unit.commission(old);
    await unit.commission(fresh);
    await damage('/b/plumbline/rules.py');
    const session = await unit.session();
    expect(await session.restart({ expected })).toMatchObject({ manifest: old.manifest.sha256 });
    expect((await session.software({ expected })).fellBack).toEqual({ from: 'b', why: 'hash' });
    // What it gave up by itself is not brought back.
    expect(await session.rollBack({ expected, from: 'b' })).toBe('a');
    await expect(session.rollBack({ expected, from: 'a' })).rejects.toMatchObject({
      code: 'UNIT_NOT_BOOTABLE',
      params: { detail: '/b/plumbline/rules.py is not as its manifest says' },
      deviceState: 'unchanged',
    });
    await damage('/a/config.json');
    const again = await unit.session();
    await expect(again.restart({ expected })).rejects.toMatchObject({
      code: 'UNIT_NOT_BOOTABLE',
      params: { unit: expected, detail: 'no slot is sound' },
      deviceState: 'bootloader-only',
    });
    await unit.commission(fresh);
    expect(await unit.running()).toBe(fresh.manifest.sha256);
  });

  test('of the newer pointer record: the one before it counts', async () => {
    await unit.commission(old);
    const session = await unit.session();
    await session.push(fresh, { expected });
    expect((await session.software({ expected })).active).toBe('b');
    for (const path of ['/plumbline/slot.0', '/plumbline/slot.1']) {
      const record = Buffer.from((await session.read(path, { expected })) ?? []).toString();
      const torn = file(path, record.slice(0, 8));
      if (/^\d+ b /.test(record)) await session.replace([torn], { expected });
    }
    expect(await session.software({ expected })).toMatchObject({ active: 'a', bootsLeft: null });
    expect(await session.rollBack({ expected, from: 'a' })).toBe('b');
  });
});

test('a configuration put by the agent belongs to its slot, and survives a start', async () => {
  await unit.commission(old);
  const link = await (await unit.session()).attach({ expected });
  const before = await link.hello();
  await link.put('config', Buffer.from(configText('PUT')));
  const after = await link.hello();
  expect(after.tag).toBe('PUT');
  expect(after.manifest).not.toBe(before.manifest);
  await unit.cyclePower();
  expect(await unit.running()).toBe(after.manifest);
  const again = await (await unit.session()).attach({ expected });
  expect((await again.hello()).files).toEqual(after.files);
  expect(Buffer.from((await again.get('config')) ?? []).toString()).toBe(configText('PUT'));
  expect(after.files[calibration.path]).toBe(calibration.sha256);
});
