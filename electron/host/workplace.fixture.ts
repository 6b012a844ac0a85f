import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CalibrationPlan } from '../../shared/contract/calibrate.ts';
import { noConnection } from '../../shared/contract/connection.ts';
import type { FailureRecord } from '../../shared/contract/failure.ts';
import type { WizardIntent, WizardKind, WizardState } from '../../shared/contract/job.ts';
import type { TaskProgress } from '../../shared/contract/wizard.ts';
import { type Bench, type Fault, startBench } from '../bench/bench.ts';
import { calibrationTasks } from '../calibration/tasks.ts';
import { Connections } from '../drivers/connections.ts';
import { MicroPythonSession } from '../drivers/micropython/unit-session.ts';
import { SharedReferences } from '../drivers/shared-reference.ts';
import { profileOf } from '../provisioning/files.ts';
import { loadProfiles } from '../provisioning/profiles.ts';
import { type ProvisionTools, provisionTasks } from '../provisioning/tasks.ts';
import { ruleTasks } from '../rules/tasks.ts';
import { Vault } from '../secrets/secrets.ts';
import { type JobStore, openOrCreateJob } from '../store/job-store.ts';
import type { Transport } from '../transport/transport.ts';
import { BenchBrokerKeeper } from './bench-broker.ts';
import { calibrationTools } from './calibration-tools.ts';
import { Desk, type Opening } from './desk.ts';
import { authorityOf } from './project-authority.ts';
import { loadBenchStandard, Standards } from './standards.ts';

export const resources = fileURLToPath(new URL('../../resources', import.meta.url));
const benchStandard = await loadBenchStandard(resources);

/** Short enough that a fault is found soon, long enough for a board on a busy computer. */
const timing = {
  enterMs: 1500,
  bannerMs: 400,
  replyMs: 1000,
  execMs: 3000,
  restartMs: 6000,
  attachMs: 1200,
  pollMs: 400,
  requestMs: 1000,
};

const settings = {
  tag: 'TT-1',
  asset: '',
  location: 'Bench',
  profile: 'bench-thermometer',
  periodMs: 50,
};
export const describeIntent = { type: 'describe', settings, software: { kind: 'app' } } as const;
export const connectIntent = { type: 'connect', connection: noConnection } as const;

export const plan = {
  channel: 't1',
  points: ['20', '40'],
  tolerance: '5',
  adjust: 'always',
  stability: {
    readings: 5,
    intervalMs: 20,
    maxDrift: '2',
    maxSpread: '2',
    nearNominal: '2',
    timeoutSeconds: 20,
  },
} as const;

/** They fire at once and clear never, or never fire, in the bath of this bench: a proof of them lasts. */
const rules = [
  { id: 'hot', when: { sensor: 't1', above: '110' } },
  { id: 'there', when: { sensor: 't1', above: '-15' } },
];

/** A desk with real drivers and a bench of real boards: everything of the host that touches units. */
export class Workplace {
  readonly folder: string;
  readonly bench: Bench;
  readonly connections: Connections;
  readonly desk: Desk;
  readonly store: JobStore;
  /** What is done just when a task says that it has come to something. */
  onProgress: (progress: TaskProgress) => void = () => {};
  onChange: (state: WizardState) => void = () => {};
  /** What the tasks of provisioning work with; a test may put other software in its place. */
  readonly provisioning: ProvisionTools;

  private constructor(
    folder: string,
    bench: Bench,
    profiles: Awaited<ReturnType<typeof loadProfiles>>,
    wire: Wire,
  ) {
    this.folder = folder;
    this.bench = bench;
    this.connections = new Connections(
      async (port, options) => wire(await bench.open(port, options)),
      (transport) => new MicroPythonSession(transport, { timing }),
    );
    this.store = openOrCreateJob(join(folder, 'job.plumb'), { name: 'Faults' }, { exclusive: true });
    const { connections } = this;
    const tools = {
      connections,
      references: new SharedReferences((port, signal, source) => connections.reference(port, signal, source)),
      profileOf: () => profileOf(profiles, settings.profile),
      targetOf: () => ({ channels: profileOf(profiles, settings.profile).channels, options: {} }),
      portOf: (_: string, opened: string) => opened,
    };
    const vault = new Vault();
    const standards = new Standards({
      store: this.store,
      bench: benchStandard,
      isBenchAttached: true,
      changed: () => undefined,
    });
    const brokers = new BenchBrokerKeeper(bench);
    this.provisioning = {
      connections,
      portOf: tools.portOf,
      profiles,
      resources,
      version: '0.1.0',
      store: this.store,
      vault,
      salt: randomBytes(16).toString('base64url'),
      startedClocks: new Map(),
      authority: authorityOf(this.store, vault),
      prepareBroker: (settings, guests) => brokers.prepare(settings, guests),
      reach: (address) => brokers.reach(address),
    };
    this.desk = new Desk({
      store: this.store,
      tasks: {
        provision: provisionTasks(this.provisioning),
        calibrate: calibrationTasks(
          calibrationTools({ ...tools, standards, store: this.store, desk: () => this.desk, live: () => {} }),
        ),
        validate: ruleTasks(tools),
      },
      changed: (state) => this.onChange(state),
      progress: (progress) => this.onProgress(progress),
    });
    this.desk.resume();
  }

  /** `boards` boards that hold what is in `files`, one board's file tree; empty ones without it. */
  static async start(options: { boards: number; files?: string; wire?: Wire }): Promise<Workplace> {
    const folder = mkdtempSync(join(tmpdir(), 'plumb-faults-'));
    for (let board = 1; board <= options.boards; board += 1) {
      const place = join(folder, 'flash', `board${board}`);
      if (options.files) cpSync(options.files, place, { recursive: true });
      else mkdirSync(place, { recursive: true });
    }
    const filesDirectory = join(folder, 'flash');
    const bench = await startBench({ boards: options.boards, timeFactor: 20_000, filesDirectory });
    return new Workplace(folder, bench, await loadProfiles(resources), options.wire ?? ((line) => line));
  }

  /** Where this computer keeps the files of a board. */
  flash(board: number): string {
    return join(this.folder, 'flash', `board${board}`);
  }

  /** What a power cycle would find in a board's flash now, of what the agent reads; empty where there is none. */
  held(board: number, name: string): string {
    return this.file(board, name === 'config.json' ? `${this.slot(board)}/${name}` : `plumbline/${name}`);
  }

  file(board: number, path: string): string {
    const place = join(this.flash(board), path);
    return existsSync(place) ? readFileSync(place, 'utf8') : '';
  }

  /** The slot that a start takes: that of the newer one of two whole records. */
  slot(board: number): string {
    const records = [0, 1].map((n) =>
      /^(\d+) ([ab]) .*\*[0-9A-F]{4}\r?\n$/.exec(this.file(board, `plumbline/slot.${n}`)),
    );
    const newest = records.sort((x, y) => Number(y?.[1] ?? -1) - Number(x?.[1] ?? -1))[0];
    return newest?.[2] ?? 'none';
  }

  /** A unit is named by its board's number; `bench:<n>` holds board n until ports are exchanged. */
  unit(board: number): string {
    const listed = this.bench.state().boards.map(({ hardwareId }) => hardwareId);
    return listed[board - 1] ?? '';
  }

  fault(board: number, fault: Fault): Promise<void> {
    return this.bench.fault(board, fault);
  }

  open(opening: Opening): string {
    return this.desk.open(opening).id;
  }

  begin<K extends WizardKind>(id: string, kind: K, intent: Intent<K>): void {
    this.desk.act(id, { kind, intent } as WizardIntent);
  }

  /** Acts and waits until nothing runs any more. */
  async act<K extends WizardKind>(
    id: string,
    kind: K,
    intent: Intent<K>,
  ): Promise<Extract<WizardState, { kind: K }>> {
    this.desk.act(id, { kind, intent } as WizardIntent);
    return (await this.desk.settled(id)) as Extract<WizardState, { kind: K }>;
  }

  async identified(board: number): Promise<string> {
    const id = this.open({ kind: 'provision' });
    const port = { port: `bench:${board}`, kind: 'simulated', looksLike: 'unit' } as const;
    demand(await this.act(id, 'provision', { type: 'identify', port }));
    return id;
  }

  async described(board: number): Promise<string> {
    const id = await this.identified(board);
    demand(await this.act(id, 'provision', describeIntent));
    demand(await this.act(id, 'provision', connectIntent));
    return id;
  }

  /** A calibration whose as-found run is complete. */
  async asFound(board: number): Promise<string> {
    const id = await this.planned(board);
    demand(await this.act(id, 'calibrate', { type: 'measure' }));
    return id;
  }

  async planned(board: number): Promise<string> {
    const id = this.open({ kind: 'calibrate', unit: this.unit(board), port: `bench:${board}` });
    demand(
      await this.act(id, 'calibrate', {
        type: 'chooseReference',
        port: 'bench:reference',
        source: { kind: 'scpi' },
        standard: null,
      }),
    );
    demand(
      await this.act(id, 'calibrate', {
        type: 'plan',
        plan: CalibrationPlan.parse({ ...plan, points: [...plan.points] }),
      }),
    );
    return id;
  }

  async ruled(board: number): Promise<string> {
    const id = this.open({ kind: 'validate', unit: this.unit(board), port: `bench:${board}` });
    const whole = rules.map((rule) => ({
      ...rule,
      when: { deadband: '0', not: false, ...rule.when },
      for: '0s',
      clearAfter: '0s',
      ifNoData: 'keep' as const,
      severity: 'low' as const,
    }));
    demand(await this.act(id, 'validate', { type: 'rules', rules: whole }));
    return id;
  }

  async close(): Promise<void> {
    await this.desk.close();
    await this.connections.close();
    await this.bench.close();
    this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export type Intent<K extends WizardKind> = Extract<WizardIntent, { kind: K }>['intent'];
type Wire = (line: Transport) => Transport;

/** The state, where its last task succeeded. */
export function demand<S extends { failure: FailureRecord | null }>(state: S): S {
  if (state.failure) throw new Error(`${state.failure.code}: ${state.failure.what}`);
  return state;
}
