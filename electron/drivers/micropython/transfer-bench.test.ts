import { describe, expect, test } from 'vitest';
import type { Transport } from '../../transport/transport.ts';
import { type ExecOptions, RawRepl } from './raw-repl.ts';
import { Transfer } from './transfer.ts';
import {
  anyBytes,
  at,
  doing,
  entered,
  file,
  files,
  found,
  onOneUnit,
  send,
  sha256,
  source,
  timing,
  wanted,
  withoutPaste,
} from './transfer-unit.fixture.ts';

onOneUnit();

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
  const transfer = new Transfer(repl, at.line.port, at.expected);
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
    super(at.line, timing);
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
      ...withoutPaste(at.line),
      get isOpen() {
        return at.line.isOpen;
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

describe('what the unit refuses', () => {
  test('a full unit is NO_SPACE, and goes on once there is room', async () => {
    const repl = await entered();
    await at.bench.fault(1, { kind: 'fillDisk' });
    await expect(send(repl, files, { space: { needed: 9, free: 1 } })).rejects.toMatchObject({
      code: 'NO_SPACE',
      params: { needed: 9, free: 1 },
    });
    await at.bench.fault(1, { kind: 'freeDisk' });
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
