import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bench, startBench } from '../../bench/bench.ts';
import type { Fault } from '../../bench/faults.ts';
import type { Transport } from '../../transport/transport.ts';
import type { UnitFile } from '../driver.ts';
import { type ExecOptions, RawRepl } from './raw-repl.ts';
import { usualTiming } from './timing.ts';
import { Transfer, type TransferOptions } from './transfer.ts';

/** Everything here runs against real MicroPython on the simulated bench. */
let bench: Bench;
let expected: string;
let line: Transport;
const timing = { ...usualTiming, enterMs: 1500, interruptMs: 10, replyMs: 400, execMs: 1500, bannerMs: 200 };
const doing = { during: 'sending files' };

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const file = (path: string, content: string | Uint8Array): UnitFile => {
  const bytes = Buffer.from(content as Uint8Array);
  return { path, bytes, sha256: sha256(bytes) };
};

const source = Array.from(
  { length: 260 },
  (_, i) => `    value_${i % 17} = reading[${i}] * 3 + offset\n`,
).join('');
const anyBytes = Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * i * 31 + (i >> 3) * 7) & 0xff));
const files = [
  file('/a.py.new', source),
  file('/empty.new', ''),
  file('/controls.new', Buffer.from(Array.from({ length: 600 }, (_, i) => i % 29))),
  file('/one.new', 'x'),
  file('/any.bin.new', anyBytes),
  file('/last.py.new', source.slice(100, 3000)),
];

beforeEach(async () => {
  bench = await startBench({ boards: 1 });
  expected = bench.state().boards[0]?.hardwareId ?? '';
  line = await bench.open('bench:1');
});

afterEach(async () => {
  await bench.close();
});

async function entered(repl = new RawRepl(line, timing)): Promise<RawRepl> {
  await repl.enter();
  return repl;
}

const send = (repl: RawRepl, what = files, options: Partial<TransferOptions> = {}) =>
  new Transfer(repl, line.port, expected).send(what, { ...doing, ...options });

/** What the unit holds, found by a way of its own: size and hash of each file over plain programs. */
async function found(repl: RawRepl, what: readonly UnitFile[]): Promise<Map<string, unknown>> {
  const held = new Map<string, unknown>();
  for (const { path } of what) {
    const program = `import hashlib,binascii\nb=open('${path}','rb').read()\nprint(len(b),binascii.hexlify(hashlib.sha256(b).digest()).decode())`;
    const { output } = await repl.run(program, doing);
    const [size, hash] = output.trim().split(' ');
    held.set(path, { sha256: hash, size: Number(size) });
  }
  return held;
}

/** A flip that found nothing to strike yet strikes here: what is no file that was sent is looked at again. */
async function foundAtLast(what: readonly UnitFile[]): Promise<Map<string, unknown>> {
  const held = await found(await entered(), what).catch(() => null);
  return held && isDeepStrictEqual(held, wanted(what)) ? held : found(await entered(), what);
}

const wanted = (what: readonly UnitFile[]): Map<string, unknown> =>
  new Map(what.map(({ path, bytes, sha256 }) => [path, { sha256, size: bytes.length }]));

const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (thrown) => thrown,
  );

test('files of every kind arrive exactly, and their progress is told', async () => {
  const repl = await entered();
  const begun: string[] = [];
  const steps: [number, number][] = [];
  const held = await send(repl, files, {
    onFile: (path) => begun.push(path),
    onBytes: (done, total) => steps.push([done, total]),
  });
  expect(held).toEqual(wanted(files));
  expect(await found(repl, files)).toEqual(held);
  expect(begun).toEqual(files.map(({ path }) => path));
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(steps.at(-1)).toEqual([total, total]);
  expect(steps.map(([done]) => done)).toEqual(steps.map(([done]) => done).toSorted((a, b) => a - b));
  expect(await send(repl, [])).toEqual(new Map());
});

test('one transfer sends again and again, over what is there', async () => {
  const repl = await entered();
  const transfer = new Transfer(repl, line.port, expected);
  for (const content of [source, 'short', anyBytes]) {
    const one = [file('/same.new', content)];
    expect(await transfer.send(one, doing)).toEqual(wanted(one));
    expect(await found(repl, one)).toEqual(wanted(one));
  }
});

/** A REPL on whose unit something is missing: programs are changed on their way. */
class Lacking extends RawRepl {
  readonly #change: (program: string) => string;
  readonly programs: string[] = [];
  constructor(change: (program: string) => string) {
    super(line, timing);
    this.#change = change;
  }
  override run(program: string, options: ExecOptions) {
    this.programs.push(program);
    const packed = program.startsWith('import io,deflate');
    return super.run(packed ? 'raise ImportError' : this.#change(program), options);
  }
}

describe('units that lack something', () => {
  const inflater = 'import io,udeflate as d\n';
  test.each<[string, Record<string, string>]>([
    ['nothing to inflate with', {}],
    [
      'zlib.DecompIO',
      { zlib: `${inflater}def DecompIO(s,w):\n assert w<0\n return d.DeflateIO(s,d.RAW,-w)\n` },
    ],
    [
      'zlib.decompress',
      {
        zlib: `${inflater}def decompress(b,w):\n assert w<0\n return d.DeflateIO(io.BytesIO(b),d.RAW,-w).read()\n`,
      },
    ],
    ['an inflater that lies', { zlib: 'def decompress(b,w):\n return b"inflate"\n' }],
  ])('%s', async (_, modules) => {
    const repl = await entered();
    const lib = Object.entries({ deflate: 'raise ImportError\n', ...modules });
    const stand = ["import os\ntry:\n os.mkdir('/lib')\nexcept OSError:\n pass"];
    for (const [name, text] of lib) {
      stand.push(`f=open('/lib/${name}.py','w')\nf.write(${JSON.stringify(text)})\nf.close()`);
    }
    for (const program of stand) await repl.exec(program, doing);
    expect(await send(repl)).toEqual(wanted(files));
    expect(await found(repl, files)).toEqual(wanted(files));
  });

  test('bytes from standard input: each block in a program of its own, none above 2 KiB', async () => {
    const repl = new Lacking((program) => program.replace("'buffer'", "'nothing'"));
    await entered(repl);
    expect(await send(repl)).toEqual(wanted(files));
    const blocks = repl.programs.filter((program) => program.startsWith('_pt_take('));
    expect(blocks.length).toBeGreaterThan(5);
    for (const program of repl.programs) expect(program.length).toBeLessThanOrEqual(2048);
    expect(await found(repl, files)).toEqual(wanted(files));
  });

  test('standard input that says it takes bytes and does not', async () => {
    const repl = new Lacking((program) => program.replace('sys.stdin.buffer.readinto', 'sys.stdin.readinto'));
    await entered(repl);
    expect(await send(repl)).toEqual(wanted(files));
  });

  test('raw-paste mode', async () => {
    const plain: Transport = {
      ...withoutPaste(line),
      get isOpen() {
        return line.isOpen;
      },
    };
    const repl = await entered(new RawRepl(plain, timing));
    expect(await send(repl)).toEqual(wanted(files));
    expect(await found(repl, files)).toEqual(wanted(files));
  });

  test.each([40_000, 20_000, 12_000])('heap: %i bytes of it are left', async (left) => {
    const repl = await entered();
    await repl.exec(
      `import gc\ngc.collect()\n_hold=[bytearray(1000) for _ in range((gc.mem_free()-${left})//1040)]`,
      doing,
    );
    expect(await send(repl)).toEqual(wanted(files));
    await repl.exec('_hold=None', doing);
    expect(await found(repl, files)).toEqual(wanted(files));
  });
});

function withoutPaste(to: Transport): Transport {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  return {
    ...to,
    port: to.port,
    kind: to.kind,
    closed: to.closed,
    isOpen: true,
    close: () => to.close(),
    onData(listener) {
      listeners.add(listener);
      return to.onData(listener);
    },
    async write(bytes, options) {
      if (!Buffer.from(bytes).equals(Buffer.from('\x05A\x01'))) return to.write(bytes, options);
      for (const listener of listeners) listener(Buffer.from('R\x00>'));
    },
  };
}

describe('what the unit refuses', () => {
  test('a full unit is NO_SPACE, and goes on once there is room', async () => {
    const repl = await entered();
    await bench.fault(1, { kind: 'fillDisk' });
    await expect(send(repl, files, { space: { needed: 9, free: 1 } })).rejects.toMatchObject({
      code: 'NO_SPACE',
      params: { needed: 9, free: 1 },
    });
    await bench.fault(1, { kind: 'freeDisk' });
    expect(await send(repl)).toEqual(wanted(files));
  });

  test.each([
    ['/rom/x.py', 30],
    ['/none/x.py', 2],
  ])('%s: error number %i', async (path, errno) => {
    const repl = await entered();
    await expect(send(repl, [files[0] ?? file('/x', ''), file(path, 'x')])).rejects.toMatchObject({
      code: 'UNIT_REFUSED',
      params: { errno },
    });
    expect(await repl.exec('print(1)', doing)).toBe('1\r\n');
  });

  /** A file system that gives back another byte than it took, in the next \`times\` files. */
  const forgetful = (times: number) => `
_left=${times}
class _Odd:
 def __init__(s,f):
  s.f=f
 def write(s,b):
  s.f.write(b'?'+bytes(b[1:]))
  return len(b)
 def close(s):
  s.f.close()
def open(p,m,o=open):
 global _left
 if m!='wb' or not _left:
  return o(p,m)
 _left-=1
 return _Odd(o(p,m))
`;
  test('what is read back otherwise is sent once more, then it is VERIFY_FAILED', async () => {
    const repl = await entered();
    const two = [file('/good.new', source), file('/bad.new', 'content')];
    await repl.exec(forgetful(1), doing);
    expect(await send(repl, two)).toEqual(wanted(two));
    await repl.exec(forgetful(9), doing);
    await expect(send(repl, two)).rejects.toMatchObject({
      code: 'VERIFY_FAILED',
      params: { path: '/good.new', expected: sha256(Buffer.from(source)) },
    });
    expect(await repl.exec('print(1)', doing)).toBe('1\r\n');
  });
});

/** Runs a transfer with a fault that strikes when so many bytes have been confirmed. */
async function struck(fault: Fault, atBytes: number): Promise<unknown> {
  const repl = await entered();
  let set: Promise<void> | undefined;
  const outcome = await outcomeOf(
    send(repl, files, {
      onBytes: (done) => {
        if (done >= atBytes) set ??= bench.fault(1, fault);
      },
    }),
  );
  await set;
  return outcome;
}

async function cyclePower(): Promise<void> {
  await bench.fault(1, { kind: 'powerOff' });
  await bench.fault(1, { kind: 'powerOn' });
}

/** Does it at the first call; every call gives the same promise. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

describe('faults', () => {
  test.each(['toBoard', 'toApp'] as const)(
    'a bit flipped %s is healed, wherever it is',
    async (direction) => {
      const last = direction === 'toBoard' ? 14_000 : 900;
      for (let atByte = 1; atByte < last; atByte += direction === 'toBoard' ? 331 : 47) {
        const repl = await entered();
        // The programs go over the line anew each time.
        await repl.exec('_pt_v=None', doing);
        await bench.fault(1, { kind: 'flipBit', atByte, direction });
        expect(await outcomeOf(send(repl))).toBeUndefined();
        expect(await foundAtLast(files)).toEqual(wanted(files));
      }
    },
    60_000,
  );

  test('a flipped bit in every few blocks, and it still completes', async () => {
    const repl = await entered();
    let blocks = 0;
    const held = await send(repl, files, {
      onBytes: () => {
        blocks += 1;
        if (blocks % 4 === 1)
          void bench.fault(1, { kind: 'flipBit', atByte: 90 * blocks, direction: 'toBoard' });
      },
    });
    expect(held).toEqual(wanted(files));
    expect(await found(repl, files)).toEqual(held);
  });

  test.each(['garbage', 'ff', 'silence'] as const)(
    'a unit that babbles %s is a failure, and no hang',
    async (bytes) => {
      expect(await struck({ kind: 'babble', bytes }, 1)).toMatchObject({
        code: expect.stringMatching(/^(NO_REPLY|REPLY_UNREADABLE)$/),
      });
      await bench.fault(1, { kind: 'endBabble' });
      expect(await send(await entered())).toEqual(wanted(files));
    },
  );

  test('power lost in the middle is a failure; a wedged unit too', async () => {
    expect(await struck({ kind: 'powerOff' }, 1)).toMatchObject({ code: 'NO_REPLY' });
    await bench.fault(1, { kind: 'powerOn' });
    expect(await struck({ kind: 'wedge' }, 1)).toMatchObject({ code: 'NO_REPLY' });
  });

  test('a unit that is reset in the middle is asked who it is and gets the rest', async () => {
    const repl = await entered();
    const reset = once(cyclePower);
    const held = await send(repl, files, { onBytes: () => void reset() });
    await reset();
    expect(held).toEqual(wanted(files));
    expect(await found(repl, files)).toEqual(held);
  });

  test('another unit that answers after a fault is not written to', async () => {
    const repl = await entered();
    const transfer = new Transfer(repl, line.port, 'beef0001');
    const reset = once(cyclePower);
    const sending = transfer.send(files, { ...doing, onBytes: () => void reset() });
    await expect(sending).rejects.toMatchObject({ code: 'WRONG_UNIT', params: { found: expected } });
    await reset();
  });

  test('the cable pulled is PORT_LOST at once', async () => {
    expect(await struck({ kind: 'pullCable' }, 1)).toMatchObject({ code: 'PORT_LOST' });
  });
});

test('cancelled at any moment it leaves a prompt that works, and nothing that runs', async () => {
  const repl = await entered();
  const writes: (() => void)[] = [];
  const watched: Transport = {
    ...withoutPaste(line),
    get isOpen() {
      return line.isOpen;
    },
    write: async (bytes, options) => {
      writes.at(-1)?.();
      await line.write(bytes, options);
    },
  };
  await line.write(Buffer.from('\r\x02'));
  const through = new RawRepl(watched, timing);
  await entered(through);
  let cancelled = 0;
  for (let at = 1; at < 400; at += 3) {
    const stop = new AbortController();
    let count = 0;
    writes.push(() => {
      count += 1;
      if (count === at) stop.abort();
    });
    const outcome = await outcomeOf(send(through, files, { signal: stop.signal }));
    writes.length = 0;
    expect(await through.exec('print("there")', doing)).toBe('there\r\n');
    if (outcome === undefined) break;
    expect(outcome).toMatchObject({ code: 'CANCELLED' });
    cancelled += 1;
  }
  expect(cancelled).toBeGreaterThan(3);
  expect(await send(repl)).toEqual(wanted(files));
}, 30_000);
