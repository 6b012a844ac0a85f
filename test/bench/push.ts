import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { startBench } from '../../electron/bench/bench.ts';
import { servePtys } from '../../electron/bench/ptys.ts';
import type { UnitFile } from '../../electron/drivers/driver.ts';
import { RawRepl } from '../../electron/drivers/micropython/raw-repl.ts';
import { usualTiming } from '../../electron/drivers/micropython/timing.ts';
import { Transfer } from '../../electron/drivers/micropython/transfer.ts';
import { MicroPythonSession } from '../../electron/drivers/micropython/unit-session.ts';
import { ByteReader } from '../../electron/transport/byte-reader.ts';
import { openSerial } from '../../electron/transport/serial.ts';
import type { Transport } from '../../electron/transport/transport.ts';
import { root } from './child.ts';
import type { Figure, Sample } from './figure.ts';
import { copyPlainly } from './plain-copy.ts';

const payloadBytes = 64 * 1024;
const fileCount = 20;
const modemBaud = 115_200;

/** Every file below a folder whose name ends so, in order. */
async function textsIn(folder: string, ends: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true });
  const names = entries.filter((name) => name.endsWith(ends)).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

/** What is really pushed: the sources of the agent, and rules as JSON for every fourth file; none of it twice. */
async function agentLike(): Promise<Buffer[]> {
  const texts = {
    python: Buffer.concat(await textsIn(join(root, 'resources', 'agent'), '.py')),
    json: gunzipSync(await readFile(join(root, 'test', 'fixtures', 'rules', 'vectors.jsonl.gz'))),
  };
  const at = { python: 0, json: 0 };
  return lengths().map((length, i) => {
    const from = i % 4 === 3 ? 'json' : 'python';
    const part = texts[from].subarray(at[from], at[from] + length);
    if (part.length < length) throw new Error(`there are no ${payloadBytes} bytes of sources`);
    at[from] += length;
    return part;
  });
}

/** From 800 bytes to 5.7 kB, together the payload. */
function lengths(): number[] {
  const shares = Array.from({ length: fileCount }, (_, i) => 0.25 + (1.5 * i) / (fileCount - 1));
  const all = shares.map((share) => Math.floor((share * payloadBytes) / fileCount));
  const rest = payloadBytes - all.reduce((sum, length) => sum + length, 0);
  return all.map((length, i) => (i === fileCount - 1 ? length + rest : length));
}

const noise = (): Promise<Buffer[]> => Promise.resolve(lengths().map((length) => randomBytes(length)));

const unitFile = (path: string, bytes: Buffer): UnitFile => ({
  path,
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

const named = (contents: readonly Buffer[], folder: string): UnitFile[] =>
  contents.map((bytes, i) => unitFile(`${folder}file${i}.txt`, bytes));

/** A new bench board behind a pseudo-terminal, opened as a serial port. */
async function onBoard<T>(
  baudRate: number,
  work: (line: Transport, hardwareId: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-push-'));
  const bench = await startBench({ boards: 1, baudRate });
  const served = await servePtys(bench, folder);
  try {
    const line = await openSerial(served.links[0] ?? '', { baudRate: modemBaud });
    try {
      return await work(line, bench.state().boards[0]?.hardwareId ?? '');
    } finally {
      await line.close();
    }
  } finally {
    await served.close();
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function rate(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (1000 * payloadBytes) / (performance.now() - started);
}

type Put = (line: Transport, hardwareId: string) => Promise<(files: readonly UnitFile[]) => Promise<void>>;

/** Files on the unit, each read back and hashed by it. */
const transfer: Put = async (line, hardwareId) => {
  const repl = new RawRepl(line, usualTiming);
  await repl.enter();
  return async (files) => {
    const held = await new Transfer(repl, line.port, hardwareId).send(files, { during: 'measuring' });
    const wrong = files.find(({ path, sha256 }) => held.get(path)?.sha256 !== sha256);
    if (wrong) throw new Error(`${wrong.path} is not held as it was sent`);
  };
};

/** All that makes a push safe: who is there, what is there, the spare slot and its proof, the pointer. */
const wholePush: Put = async (line, hardwareId) => {
  const session = new MicroPythonSession(line);
  await session.identify();
  return async (all) => {
    const files = all.map((file) => ({ ...file, size: file.bytes.length }));
    const listed = files.map(({ path, size, sha256 }) => [path, size, sha256]);
    const [manifest, trampoline] = [JSON.stringify({ v: 1, files: listed }), '# starts a slot\n'];
    await session.push(
      {
        files,
        manifest: unitFile('/manifest.json', Buffer.from(manifest)),
        trampoline: unitFile('/main.py', Buffer.from(trampoline)),
        data: [],
      },
      { expected: hardwareId },
    );
  };
};

async function measure(baudRate: number, put: Put, contents: () => Promise<Buffer[]>): Promise<Sample> {
  const content = await contents();
  return onBoard(baudRate, async (line, hardwareId) => {
    const work = await put(line, hardwareId);
    const ours = await rate(() => work(named(content, '/')));
    const reader = new ByteReader(line);
    // Whatever the session left the REPL in.
    await new RawRepl(line, usualTiming).enter();
    reader.clear();
    const beside = await rate(() => copyPlainly(line, reader, named(content, '/plain-')));
    reader.dispose();
    return { ours, beside };
  });
}

const figure = (what: string, put: Put, baudRate: number, contents: () => Promise<Buffer[]>): Figure => ({
  name: `${what}, ${baudRate === 0 ? 'unpaced' : `${baudRate} baud`}`,
  beside: 'plain copy, unverified',
  unit: 'B/s',
  runs: baudRate === 0 ? 7 : 3,
  measure: () => measure(baudRate, put, contents),
});

/** Payload bytes per second of 64 KiB in 20 files through a pseudo-terminal, verification included. */
export const push: readonly Figure[] = [0, modemBaud].flatMap((baudRate) => [
  figure('push, sources and JSON', transfer, baudRate, agentLike),
  figure('push, random bytes', transfer, baudRate, noise),
  figure('push with slot and pointer, sources and JSON', wholePush, baudRate, agentLike),
]);
