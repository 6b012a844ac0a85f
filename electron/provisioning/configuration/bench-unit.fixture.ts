import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Snapshot } from '../../../shared/contract/configuration.ts';
import type { UnitIdentity } from '../../../shared/contract/devices.ts';
import { type Bench, servePtys, startBench } from '../../bench/bench.ts';
import { Connections } from '../../drivers/connections.ts';
import { MicroPythonSession } from '../../drivers/micropython/unit-session.ts';
import { createJob, type JobStore } from '../../store/job-store.ts';
import { takeSnapshot } from '../as-found.ts';
import { CALIBRATION_PATH, unitFile } from '../files.ts';
import { appSoftware, slotFile, slotImage } from '../software/software.ts';
import { type RestoreOutcome, restore } from './configuration.ts';

const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
export const never: AbortSignal = new AbortController().signal;

export const channelOf = (more: object = {}): object => ({
  id: 't1',
  adc: 26,
  quantum: '0.001',
  unit: 'degC',
  oversample: 1,
  stale_ms: 2000,
  ...more,
});
export const configOf = (more: object = {}): string =>
  JSON.stringify({
    v: 1,
    version: 1,
    tag: 'TT-1',
    asset: '',
    location: 'Bench',
    period_ms: 1000,
    channels: [channelOf()],
    ...more,
  });
export const calibrationOf = (...line: number[]): string =>
  JSON.stringify({ v: 1, version: 1, channels: { t1: line.length > 0 ? line : [100, 0, 10] } });
export const rulesOf = (on: number, channel = 't1'): string =>
  `{"v":1,"in":[["${channel}",5000]],"sig":[["in",0]],"cond":[["hi",0,${on},500]],"rule":[{"id":"hot","c":0,"on":0,"off":0}]}`;

/** Boards on the bench with the agent on them, each on a port of its own, and a project. */
export class BenchUnits {
  readonly connections: Connections;
  readonly store: JobStore;
  readonly #folder: string;
  readonly #bench: Bench;
  readonly #identities = new Map<number, UnitIdentity>();

  private constructor(folder: string, connections: Connections, bench: Bench) {
    this.#folder = folder;
    this.connections = connections;
    this.store = createJob(join(folder, 'job.plumb'), { name: 'Restore' });
    this.#bench = bench;
  }

  static async start(boards: number): Promise<BenchUnits> {
    const folder = mkdtempSync(join(tmpdir(), 'plumb-restore-'));
    mkdirSync(join(folder, 'flash'));
    const bench = await startBench({ boards, timeFactor: 1000, filesDirectory: join(folder, 'flash') });
    const connections = new Connections(
      (port, options) => bench.open(port, options),
      (transport) => new MicroPythonSession(transport),
    );
    return new BenchUnits(folder, connections, bench);
  }

  async end(): Promise<void> {
    await this.connections.close();
    await this.#bench.close();
    this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Lets go of the boards and offers them to other programs: the paths of their pseudo-terminals. */
  async serve(): Promise<{ ports: string[]; close: () => Promise<void> }> {
    await this.connections.close();
    const served = await servePtys(this.#bench, join(this.#folder, 'ptys'));
    return { ports: served.links, close: () => served.close() };
  }

  async identity(board: number): Promise<UnitIdentity> {
    const known = this.#identities.get(board);
    if (known) return known;
    const identity = await this.connections.identify({ port: `bench:${board}`, kind: 'simulated' }, never);
    this.#identities.set(board, identity);
    return identity;
  }

  /** The agent with this configuration, running and confirmed. */
  async commission(board: number, config = configOf(), calibration = calibrationOf()): Promise<void> {
    const { hardwareId: expected } = await this.identity(board);
    const port = `bench:${board}`;
    const session = await this.connections.session(port, expected, never);
    const image = slotImage(await appSoftware(resources), {
      files: [slotFile(unitFile('/config.json', Buffer.from(config)))],
      data: [unitFile(CALIBRATION_PATH, Buffer.from(calibration))],
    });
    await session.push(image, { expected });
    await this.connections.restart(port, expected, never);
    await (await this.connections.agent(port, expected, never)).confirm(image.manifest.sha256);
  }

  async snapshot(board: number): Promise<Snapshot> {
    const unit = await this.identity(board);
    const options = { expected: unit.hardwareId, signal: never };
    const session = await this.connections.session(`bench:${board}`, unit.hardwareId, never);
    return takeSnapshot(session, await session.software(options), unit, options);
  }

  async restore(board: number, snapshot: Snapshot, ontoReplacement = false): Promise<RestoreOutcome> {
    const unit = await this.identity(board);
    const keep = (): Promise<never> =>
      Promise.reject(new Error('there is a project, and its record keeps it'));
    const order = { snapshot, port: `bench:${board}`, unit, ontoReplacement, keep, signal: never };
    return restore({ connections: this.connections, store: this.store }, order);
  }

  /** What lies in the board's flash, seen from this computer and not through its line. */
  async flash(board: number, name: string): Promise<string | null> {
    const { hardwareId: expected } = await this.identity(board);
    const session = await this.connections.session(`bench:${board}`, expected, never);
    const { active } = await session.software({ expected });
    return this.file(board, name === 'config.json' ? `${active}/${name}` : `plumbline/${name}`);
  }

  flashFolder(board: number): string {
    return join(this.#folder, 'flash', `board${board}`);
  }

  /** A file of a board by its path there; null where it has none. */
  file(board: number, path: string): string | null {
    const place = join(this.flashFolder(board), path);
    return existsSync(place) ? readFileSync(place, 'utf8') : null;
  }
}

/** The same snapshot with other files. */
export function withFiles(
  snapshot: Snapshot,
  files: Partial<Record<'config.json' | 'calibration.json' | 'rules.json', string | null>>,
): Snapshot {
  const names = ['config.json', 'calibration.json', 'rules.json'] as const;
  return {
    ...snapshot,
    files: names.flatMap((name) => {
      const old = snapshot.files.find((file) => file.name === name);
      const text = files[name];
      if (text === undefined) return old ? [old] : [];
      if (text === null) return [];
      const { sha256, bytes } = unitFile(name, Buffer.from(text));
      return [
        {
          name,
          path: old?.path ?? `/plumbline/${name}`,
          sha256,
          base64: Buffer.from(bytes).toString('base64'),
        },
      ];
    }),
  };
}
