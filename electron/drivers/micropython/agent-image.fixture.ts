import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Bench, type BenchOptions, type Fault, startBench } from '../../bench/bench.ts';
import type { SlotFile, SlotImage, UnitFile } from '../driver.ts';
import { usualTiming } from './timing.ts';
import { MicroPythonSession } from './unit-session.ts';

/** The edge agent as software for a slot, and a bench with one unit to put it on. Tests only. */
const folder = fileURLToPath(new URL('../../../resources/agent/', import.meta.url));
const modules = readdirSync(`${folder}plumbline`).filter((name) => name.endsWith('.py'));
const sources = new Map(
  modules.map((name) => [`/plumbline/${name}`, readFileSync(`${folder}plumbline/${name}`)]),
);
const main = readFileSync(`${folder}main.py`);

export function file(path: string, content: string | Uint8Array): UnitFile {
  const bytes = Buffer.from(content as Uint8Array);
  return { path, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export const slotFile = (path: string, content: string | Uint8Array): SlotFile => {
  const made = file(path, content);
  return { ...made, size: made.bytes.length };
};

const config = {
  v: 1,
  version: 1,
  asset: 'A-1',
  location: 'Bench',
  period_ms: 50,
  channels: [{ id: 't1', adc: 26, quantum: '0.001', unit: 'degC', oversample: 1, stale_ms: 2000 }],
};
export const configText = (tag: string): string => JSON.stringify({ ...config, tag });
export const calibration = file(
  '/plumbline/calibration.json',
  '{"v":1,"version":1,"channels":{"t1":[100,0,10]}}',
);

/** The agent with this tag in three of its files; `changed`: other contents by path in the slot. */
export function agentImage(
  tag: string,
  changed: Record<string, string> = {},
  more: SlotFile[] = [],
): SlotImage {
  const marked = ['/plumbline/board.py', '/plumbline/rules.py'];
  const mark = (path: string): string => (marked.includes(path) ? `\n# ${tag.padEnd(20, '.')}\n` : '');
  const code = [...sources].map(([path, bytes]) =>
    slotFile(path, changed[path] ?? `${bytes.toString()}${mark(path)}`),
  );
  const files = [...code, slotFile('/config.json', changed['/config.json'] ?? configText(tag)), ...more];
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const listed = files.map(({ path, size, sha256 }) => [path, size, sha256]);
  const manifest = { counter: 0, files: listed, product: 'plumbline-agent', v: 1, version: '0.1.0' };
  return {
    files,
    manifest: file('/manifest.json', JSON.stringify(manifest)),
    trampoline: file('/main.py', main),
    data: [calibration],
  };
}

/** Short enough that a fault is found soon, long enough for a board on a busy computer. */
const timing = {
  ...usualTiming,
  enterMs: 2500,
  bannerMs: 400,
  replyMs: 1500,
  execMs: 5000,
  restartMs: 6000,
  attachMs: 6000,
  pollMs: 300,
};

/** One board of a bench, by its power, its cable and its line. */
export class OneUnit {
  readonly bench: Bench;
  readonly expected: string;
  #session: MicroPythonSession | undefined;

  private constructor(bench: Bench) {
    this.bench = bench;
    this.expected = bench.state().boards[0]?.hardwareId ?? '';
  }

  static async start(options: BenchOptions = {}): Promise<OneUnit> {
    return new OneUnit(await startBench({ boards: 1, ...options }));
  }

  /** A new connection; the one before it is closed. */
  async session(shorter: Partial<typeof timing> = {}): Promise<MicroPythonSession> {
    await this.#session?.close();
    this.#session = new MicroPythonSession(await this.bench.open('bench:1'), {
      timing: { ...timing, ...shorter },
    });
    return this.#session;
  }

  fault(fault: Fault): Promise<void> {
    return this.bench.fault(1, fault);
  }

  async cyclePower(): Promise<void> {
    await this.fault({ kind: 'cutPowerAtByte', n: Number.MAX_SAFE_INTEGER });
    await this.fault({ kind: 'powerOff' });
    await this.fault({ kind: 'powerOn' });
  }

  /** Pushed, started, and kept. */
  async commission(image: SlotImage): Promise<void> {
    const { expected } = this;
    const session = await this.session();
    await session.push(image, { expected });
    await session.restart({ expected });
    await (await session.attach({ expected })).confirm(image.manifest.sha256);
  }

  /** The manifest of what runs now, asked over a new connection and without disturbing it. */
  async running(): Promise<string | null> {
    const link = await (await this.session()).attach({ expected: this.expected });
    return (await link.hello()).manifest;
  }

  async close(): Promise<void> {
    await this.#session?.close();
    await this.bench.close();
  }
}
