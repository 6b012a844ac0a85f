import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../shared/contract/failure.ts';
import { type Bench, startBench } from '../../bench/bench.ts';
import type { PushProgress, UnitFile } from '../driver.ts';
import { unitDriverFor } from '../drivers.ts';
import { encodeRecord } from './pointer.ts';
import { usualTiming } from './timing.ts';
import { MicroPythonSession } from './unit-session.ts';

/** Everything here runs against real MicroPython on the simulated bench. */
let bench: Bench;
const timing = { ...usualTiming, enterMs: 1500, execMs: 3000, restartMs: 5000, attachMs: 600, pollMs: 200 };

const file = (path: string, content: string | Uint8Array): UnitFile => {
  const bytes = Buffer.from(content as Uint8Array);
  return { path, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};

async function open(port = 'bench:1', shorter = {}): Promise<MicroPythonSession> {
  return new MicroPythonSession(await bench.open(port), { timing: { ...timing, ...shorter } });
}

beforeEach(async () => {
  bench = await startBench({ boards: 2 });
});

afterEach(async () => {
  await bench.close();
});

const anyBytes = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff));

describe('identity', () => {
  test('asked twice the answer is the same, and the two boards differ', async () => {
    const [one, two] = [await open('bench:1'), await open('bench:2')];
    const identity = await one.identify();
    expect(await one.identify()).toEqual(identity);
    expect(identity).toMatchObject({
      family: 'micropython',
      implementation: 'micropython',
      tag: null,
      agent: null,
    });
    expect(identity.freeBytes).toBeGreaterThan(0);
    expect((await two.identify()).hardwareId).not.toBe(identity.hardwareId);
  });

  test('the driver for the port finds it, and what the unit holds of an earlier commissioning', async () => {
    const transport = await bench.open('bench:1');
    const session = unitDriverFor(transport).open(transport, {});
    const { hardwareId } = await session.identify();
    const files = [
      file('/b/plumbline/__init__.py', "VERSION = '0.1.0'\n"),
      file('/b/config.json', '{"v":1,"tag":"TT-101"}'),
      file('/a/config.json', '{"v":1,"tag":"TT-99"}'),
      file(
        '/plumbline/slot.1',
        encodeRecord({ n: 1, slot: 'b', bootsLeft: null, other: null, fellBack: null }),
      ),
    ];
    await session.replace(files, { expected: hardwareId });
    expect(await session.identify()).toMatchObject({ tag: 'TT-101', agent: '0.1.0' });
  });

  test.each(['garbage', 'ff', 'silence'] as const)(
    'a unit that babbles %s is a failure, no hang',
    async (bytes) => {
      const session = await open();
      await bench.fault(1, { kind: 'babble', bytes });
      await expect(session.identify()).rejects.toMatchObject({
        code: expect.stringMatching(/^(NO_REPLY|REPLY_UNREADABLE)$/),
        deviceState: 'unchanged',
      });
      await bench.fault(1, { kind: 'endBabble' });
      expect((await session.identify()).implementation).toBe('micropython');
    },
  );
});

describe('replacing files', () => {
  test('files of every kind arrive exactly, once', async () => {
    const session = await open();
    const { hardwareId: expected } = await session.identify();
    const files = [
      file('/main.py', 'print("main")\n'),
      file('/plumbline/deep/any.bin', anyBytes),
      file('/plumbline/empty.py', ''),
    ];
    const steps: PushProgress[] = [];
    const pushed = await session.replace(files, { expected, onProgress: (step) => steps.push(step) });
    expect(pushed.map(({ path, size, sha256, sent }) => [path, size, sha256, sent])).toEqual([
      ['/main.py', 14, files[0]?.sha256, true],
      ['/plumbline/deep/any.bin', 5000, files[1]?.sha256, true],
      ['/plumbline/empty.py', 0, files[2]?.sha256, true],
    ]);
    expect(steps.map(({ step }) => step).filter((step, i, all) => step !== all[i - 1])).toEqual([
      'checking',
      'staging',
      'replacing',
    ]);
    expect(steps.at(-1)).toMatchObject({ file: '/plumbline/empty.py', bytesDone: 5014, bytesTotal: 5014 });
    expect(await session.read('/plumbline/deep/any.bin', { expected })).toEqual(anyBytes);
    expect(await session.read('/plumbline/empty.py', { expected })).toEqual(Buffer.alloc(0));
    expect(await session.read('/plumbline/none.py', { expected })).toBeNull();
    const again = await session.replace([...files, file('/plumbline/empty.py.txt', 'x')], { expected });
    expect(again.filter(({ sent }) => sent).map(({ path }) => path)).toEqual(['/plumbline/empty.py.txt']);
  });

  test('another unit on the port is not written to', async () => {
    const session = await open();
    const { hardwareId } = await session.identify();
    await expect(session.replace([file('/main.py', 'x')], { expected: 'beef0001' })).rejects.toMatchObject({
      code: 'WRONG_UNIT',
      params: { expected: 'beef0001', found: hardwareId },
      deviceState: 'unchanged',
    });
    expect(await session.read('/main.py', { expected: hardwareId })).toBeNull();
  });

  test('a full unit is NO_SPACE before anything is written', async () => {
    const session = await open();
    const { hardwareId: expected } = await session.identify();
    await bench.fault(1, { kind: 'fillDisk' });
    await expect(session.replace([file('/plumbline/any.bin', anyBytes)], { expected })).rejects.toMatchObject(
      {
        code: 'NO_SPACE',
        deviceState: 'unchanged',
      },
    );
    await bench.fault(1, { kind: 'freeDisk' });
    expect(await session.replace([file('/plumbline/any.bin', anyBytes)], { expected })).toHaveLength(1);
  });

  test('cancelled while staging, it cleans up and changes nothing', async () => {
    const session = await open();
    const { hardwareId: expected } = await session.identify();
    await session.replace([file('/main.py', 'old')], { expected });
    const stop = new AbortController();
    const files = [file('/plumbline/any.bin', anyBytes), file('/main.py', 'new')];
    const pushing = session.replace(files, {
      expected,
      signal: stop.signal,
      onProgress: ({ bytesDone }) => bytesDone > 2000 && stop.abort(),
    });
    await expect(pushing).rejects.toMatchObject({ code: 'CANCELLED', deviceState: 'unchanged' });
    expect(await session.read('/main.py', { expected })).toEqual(Buffer.from('old'));
    expect(await session.read('/plumbline/any.bin.new', { expected })).toBeNull();
    expect(await session.replace(files, { expected })).toHaveLength(2);
  });

  test('a folder where a file should be is refused in the unit’s words, and undone', async () => {
    const session = await open();
    const { hardwareId: expected } = await session.identify();
    await session.replace([file('/lib/a.py', 'a')], { expected });
    await expect(session.replace([file('/lib', 'x')], { expected })).rejects.toMatchObject({
      code: 'UNIT_REFUSED',
    });
    expect(await session.read('/lib/a.py', { expected })).toEqual(Buffer.from('a'));
  });
});

const versions = [file('/plumbline/a.py', 'a = 1\n'.repeat(40)), file('/main.py', 'print(1)\n')];
const nextVersions = [file('/plumbline/a.py', 'a = 2\n'.repeat(40)), file('/main.py', 'print(2)\n')];

async function holdingOld(expected: string): Promise<void> {
  const session = await open();
  await session.replace(versions, { expected });
  await session.close();
}

/** Which version of each file the unit holds, asked anew over a new connection. */
async function held(expected: string): Promise<('old' | 'new' | 'broken')[]> {
  const session = await open();
  try {
    const found: ('old' | 'new' | 'broken')[] = [];
    for (const [i, old] of versions.entries()) {
      const bytes = Buffer.from((await session.read(old.path, { expected })) ?? []);
      const fresh = nextVersions[i]?.bytes ?? Buffer.alloc(0);
      found.push(bytes.equals(old.bytes) ? 'old' : bytes.equals(fresh) ? 'new' : 'broken');
    }
    return found;
  } finally {
    await session.close();
  }
}

test('power cut at any byte of a replacement: each file is whole, the report is true, and a new push heals it', async () => {
  const first = await open();
  const { hardwareId: expected } = await first.identify();
  await first.close();
  const outcomes = new Set<string>();
  for (let n = 400; n < 20_000; n += 1501) {
    await holdingOld(expected);
    const session = await open('bench:1', { enterMs: 700, execMs: 700, replyMs: 500, bannerMs: 300 });
    await bench.fault(1, { kind: 'cutPowerAtByte', n });
    const failure: unknown = await session.replace(nextVersions, { expected }).then(
      () => undefined,
      (thrown) => thrown,
    );
    await session.close();
    await bench.fault(1, { kind: 'cutPowerAtByte', n: Number.MAX_SAFE_INTEGER });
    await bench.fault(1, { kind: 'powerOff' });
    await bench.fault(1, { kind: 'powerOn' });
    const now = await held(expected);
    expect(now).not.toContain('broken');
    if (failure === undefined) {
      expect(now).toEqual(['new', 'new']);
      outcomes.add('done');
      break;
    }
    if (!(failure instanceof Failure)) throw failure;
    outcomes.add(failure.deviceState);
    if (failure.deviceState !== 'indeterminate') expect(now).toEqual(['old', 'old']);
  }
  expect([...outcomes]).toEqual(expect.arrayContaining(['unchanged', 'staged', 'done']));
  const healed = await open();
  await healed.replace(nextVersions, { expected });
  await healed.close();
  expect(await held(expected)).toEqual(['new', 'new']);
}, 120_000);

test('the cable pulled between two renames: the state is open, and said to be', async () => {
  const session = await open();
  const { hardwareId: expected } = await session.identify();
  await session.replace(versions, { expected });
  const pushing = session.replace(nextVersions, {
    expected,
    onProgress: ({ step, done }) =>
      void (step === 'replacing' && done === 1 && bench.fault(1, { kind: 'pullCable' })),
  });
  await expect(pushing).rejects.toMatchObject({ code: 'PORT_LOST', deviceState: 'indeterminate' });
  await bench.fault(1, { kind: 'plugIn' });
  expect((await held(expected))[0]).toBe('new');
});

test('the cable pulled while pushing: PORT_LOST at once, and the old files still there', async () => {
  const session = await open();
  const { hardwareId: expected } = await session.identify();
  await session.replace(versions, { expected });
  const pushing = session.replace([...nextVersions, file('/plumbline/any.bin', anyBytes)], {
    expected,
    onProgress: ({ bytesDone }) => void (bytesDone > 1000 && bench.fault(1, { kind: 'pullCable' })),
  });
  await expect(pushing).rejects.toMatchObject({ code: 'PORT_LOST', deviceState: 'staged' });
  await bench.fault(1, { kind: 'plugIn' });
  expect(await held(expected)).toEqual(['old', 'old']);
});

test.each(['toBoard', 'toApp'] as const)(
  'a bit flipped %s at any byte: exact files or a true failure',
  async (direction) => {
    const first = await open();
    const { hardwareId: expected } = await first.identify();
    await first.close();
    for (
      let atByte = 30;
      atByte < (direction === 'toBoard' ? 4500 : 900);
      atByte += direction === 'toBoard' ? 397 : 53
    ) {
      await holdingOld(expected);
      const session = await open('bench:1', { execMs: 700, replyMs: 500 });
      await bench.fault(1, { kind: 'flipBit', atByte, direction });
      const failure: unknown = await session.replace(nextVersions, { expected }).then(
        () => undefined,
        (thrown) => thrown,
      );
      await session.close();
      const now = await held(expected).catch(() => held(expected));
      if (failure === undefined) expect(now).toEqual(['new', 'new']);
      else if (failure instanceof Failure && failure.deviceState !== 'indeterminate')
        expect(now).toEqual(['old', 'old']);
      else expect(failure).toBeInstanceOf(Failure);
    }
  },
  120_000,
);

test('a bit flipped in a file’s bytes: found by its hash or its decoding, sent again, never put in place', async () => {
  const session = await open();
  const { hardwareId: expected } = await session.identify();
  for (let atByte = 110; atByte < 500; atByte += 43) {
    const bytes = Buffer.from(anyBytes).fill(atByte & 0xff, 0, 8);
    const files = [file('/plumbline/any.bin', bytes)];
    let set = false;
    const onProgress = ({ step }: PushProgress): void => {
      if (step !== 'staging' || set) return;
      set = true;
      void bench.fault(1, { kind: 'flipBit', atByte, direction: 'toBoard' });
    };
    const pushed = await session.replace(files, { expected, onProgress });
    expect(pushed[0]?.sha256).toBe(files[0]?.sha256);
    expect(await session.read('/plumbline/any.bin', { expected })).toEqual(bytes);
  }
}, 60_000);
