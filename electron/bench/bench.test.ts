import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bench, type BenchOptions, startBench } from './bench.ts';
import { Talk } from './talk.fixture.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(options: BenchOptions = {}): Promise<Bench> {
  const bench = await startBench({ boards: 1, ...options });
  closers.push(() => bench.close());
  return bench;
}

const talkTo = async (bench: Bench, port: string): Promise<Talk> => new Talk(await bench.open(port));
const readFile = 'try: print(open("/f").read())\nexcept OSError as e: print(e.errno)';

describe('ports', () => {
  it('are the boards and the reference, each with its own serial number', async () => {
    const bench = await start({ boards: 2 });
    expect(bench.ports.map(({ port }) => port)).toEqual(['bench:1', 'bench:2', 'bench:reference']);
    expect(new Set(bench.ports.map(({ serialNumber }) => serialNumber)).size).toBe(3);
    expect(bench.ports[0]).toMatchObject({ kind: 'simulated', vendorId: '2e8a', productId: '0005' });
  });

  it('are exclusive, and free again after closing', async () => {
    const bench = await start();
    const line = await bench.open('bench:1');
    await expect(bench.open('bench:1')).rejects.toMatchObject({ code: 'PORT_BUSY' });
    await expect(bench.open('bench:9')).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    await line.close();
    await line.close();
    expect(await line.closed).toMatchObject({ reason: 'user' });
    await expect(line.write(new Uint8Array(1))).rejects.toMatchObject({ code: 'PORT_LOST' });
    expect((await bench.open('bench:1')).isOpen).toBe(true);
  });

  it('are lost with the cable and come back with it; the board runs on', async () => {
    const bench = await start();
    const talk = await talkTo(bench, 'bench:1');
    await talk.enterRaw();
    await talk.run('mark=5');
    const seen: number[] = [];
    const unsubscribe = bench.onPortsChanged((ports) => seen.push(ports.length));
    await bench.fault(1, { kind: 'pullCable' });
    expect(await talk.line.closed).toMatchObject({ reason: 'lost' });
    await expect(bench.open('bench:1')).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    await bench.fault(1, { kind: 'plugIn' });
    unsubscribe();
    expect(seen).toEqual([1, 2]);
    expect(await (await talkTo(bench, 'bench:1')).run('print(mark)')).toEqual({ out: '5\r\n', error: '' });
  });

  it('are exchanged by swapPorts', async () => {
    const bench = await start({ boards: 2 });
    const [first, second] = bench.ports.map(({ serialNumber }) => serialNumber);
    const line = await bench.open('bench:1');
    await bench.fault(1, { kind: 'swapPorts', with: 2 });
    expect(await line.closed).toMatchObject({ reason: 'lost' });
    expect(bench.ports.slice(0, 2).map(({ serialNumber }) => serialNumber)).toEqual([second, first]);
    const talk = await talkTo(bench, 'bench:1');
    await talk.enterRaw();
    const { out } = await talk.run('import machine\nprint(machine.unique_id().hex())');
    expect(out.trim()).toBe(second);
  });
});

it('does not keep the process from ending', async () => {
  const program = `import { startBench } from ${JSON.stringify(new URL('./bench.ts', import.meta.url).href)};
    const bench = await startBench({ boards: 1 });
    await bench.open('bench:1');`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 15_000,
  });
  await expect(run).resolves.toMatchObject({ stderr: '' });
});

describe('power', () => {
  it('cut at a byte loses what was not flushed, and only that', async () => {
    const bench = await start();
    const talk = await talkTo(bench, 'bench:1');
    await talk.enterRaw();
    await talk.run('f=open("/f","w")\nf.write("old")\nf.close()\nf=open("/f","w")\nf.write("new")\nprint(1)');
    const closing = 'f.close()\x04';
    await bench.fault(1, { kind: 'cutPowerAtByte', n: closing.length });
    await talk.say(closing);
    expect(bench.state().boards[0]?.powered).toBe(false);
    await bench.fault(1, { kind: 'powerOn' });
    await talk.enterRaw();
    expect((await talk.run(readFile)).out).toBe('old\r\n');
  });

  it('cut after the last byte finds the file flushed', async () => {
    const bench = await start();
    const talk = await talkTo(bench, 'bench:1');
    await talk.enterRaw();
    await talk.run('f=open("/f","w")\nf.write("new")\nf.flush()\nf.write("er")');
    await bench.fault(1, { kind: 'powerOff' });
    await talk.say('lost in the dark');
    await bench.fault(1, { kind: 'powerOn' });
    await talk.enterRaw();
    expect((await talk.run(readFile)).out).toBe('new\r\n');
  });

  it('keeps files in a directory of this computer across benches', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
    closers.push(() => rm(directory, { recursive: true }));
    const first = await startBench({ boards: 1, filesDirectory: directory });
    const talk = await talkTo(first, 'bench:1');
    await talk.enterRaw();
    await talk.run(
      'import os\nos.mkdir("/d")\nf=open("/d/g","w")\nf.write("kept")\nf.close()\nos.rename("/d/g","/f")',
    );
    await first.close();
    const again = await talkTo(await start({ filesDirectory: directory }), 'bench:1');
    await again.enterRaw();
    expect((await again.run(`${readFile}\nimport os\nprint(os.listdir("/"))`)).out).toBe(
      "kept\r\n['d', 'f']\r\n",
    );
  });
});

describe('faults', () => {
  it('wedge the interpreter until the power is cycled', async () => {
    const bench = await start();
    const talk = await talkTo(bench, 'bench:1');
    await talk.ready();
    await bench.fault(1, { kind: 'wedge' });
    await talk.say('\r\x03');
    await expect(talk.line.write(new Uint8Array(4096), { deadlineMs: 50 })).rejects.toMatchObject({
      code: 'NO_REPLY',
    });
    expect(talk.received).toBe('');
    await bench.fault(1, { kind: 'powerOff' });
    await bench.fault(1, { kind: 'powerOn' });
    await talk.enterRaw();
  });

  it('fill the disk and free it again', async () => {
    const bench = await start();
    const talk = await talkTo(bench, 'bench:1');
    await talk.enterRaw();
    await bench.fault(1, { kind: 'fillDisk' });
    const write = 'f=open("/f","w")\nf.write("x")\nf.close()';
    expect((await talk.run(write)).error).toContain('OSError: 28');
    expect((await talk.run('import os\nprint(os.statvfs("/")[3])')).out).toBe('0\r\n');
    await bench.fault(1, { kind: 'freeDisk' });
    expect((await talk.run(write)).error).toBe('');
  });

  it.each(['toBoard', 'toApp'] as const)('flip one bit %s', async (direction) => {
    const bench = await start();
    const talk = await talkTo(bench, 'bench:1');
    await talk.enterRaw();
    const code = 'print("abcdefgh")';
    // The fifth letter, counted on its way: in the source after `print("`, in the answer after `OK`.
    await bench.fault(1, { kind: 'flipBit', direction, atByte: (direction === 'toBoard' ? 7 : 2) + 5 });
    const { out } = await talk.run(code);
    const wrong = Array.from({ length: 8 }, (_, i) => out.charCodeAt(i) ^ 'abcdefgh'.charCodeAt(i));
    expect(wrong.filter((bits) => bits !== 0)).toHaveLength(1);
    expect([1, 2, 4, 8, 16, 32, 64, 128]).toContain(wrong[4]);
    expect(await talk.run(code)).toEqual({ out: 'abcdefgh\r\n', error: '' });
  });

  it.each(['garbage', 'ff', 'silence'] as const)('make the unit babble: %s', async (bytes) => {
    const bench = await start();
    const talk = await talkTo(bench, 'bench:1');
    await talk.ready();
    await bench.fault(1, { kind: 'babble', bytes });
    await talk.say('print(1)\r');
    if (bytes === 'ff') expect(await talk.until('\xff'.repeat(64))).toBe('\xff'.repeat(64));
    if (bytes === 'garbage') await expect.poll(() => new Set(talk.received).size).toBeGreaterThan(20);
    await bench.fault(1, { kind: 'endBabble' });
    if (bytes === 'silence') expect(talk.received).toBe('');
    expect(await talk.ask('print(2)\r', '>>> ')).toContain('2\r\n');
  });
});

describe('bath', () => {
  it('is driven by the reference, read by it and felt by every board', async () => {
    const bench = await start({ boards: 2, timeFactor: 100_000 });
    const reference = await talkTo(bench, 'bench:reference');
    await reference.say('SOUR:SPO 60\n');
    expect(await reference.ask('SOUR:SPO?\n', '\n')).toBe('6.000000E+01\n');
    await expect.poll(() => bench.state().bathCelsius).toBeGreaterThan(59.9);
    expect(Number(await reference.ask('READ?\n', '\n'))).toBeCloseTo(60, 1);
    for (const port of ['bench:1', 'bench:2']) {
      const talk = await talkTo(bench, port);
      await talk.enterRaw();
      const { out } = await talk.run('import machine\nprint(machine.ADC(26).read_u16() / 65535 * 140 - 20)');
      expect(Math.abs(Number(out) - 60)).toBeLessThan(1.7);
    }
  });
});

describe('speed', () => {
  it('is that of the line in both directions', async () => {
    const bench = await start({ baudRate: 9600 });
    const talk = await talkTo(bench, 'bench:1');
    await talk.enterRaw();
    const began = performance.now();
    const { out } = await talk.run(`print("${'x'.repeat(200)}")`);
    expect(out).toHaveLength(202);
    // 209 bytes there and 207 back at 960 bytes per second; a machine under load can only be slower.
    expect(performance.now() - began).toBeGreaterThan(400);
  });
});
