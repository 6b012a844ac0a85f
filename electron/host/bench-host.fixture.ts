import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { WizardIntent, WizardState } from '../../shared/contract/job.ts';
import type { ProvisionIntent, ProvisionState } from '../../shared/contract/provision.ts';
import type { ValidateIntent, ValidateState } from '../../shared/contract/validate.ts';
import { createHost, type Host } from './host.ts';
import { connectIntent, demand, describeIntent, resources } from './workplace.fixture.ts';

/** A whole host with one board on its bench, whose software a test may change before it is pushed. Tests only. */
export class BenchHost {
  readonly host: Host;
  readonly #folder: string;
  unit = '';

  private constructor(host: Host, folder: string) {
    this.host = host;
    this.#folder = folder;
  }

  static async start(unitReturnMs?: number): Promise<BenchHost> {
    const folder = mkdtempSync(join(tmpdir(), 'plumb-bench-host-'));
    cpSync(resources, join(folder, 'resources'), { recursive: true });
    const host = await createHost({
      bench: true,
      benchBoards: 1,
      benchFiles: join(folder, 'boards'),
      benchTimeFactor: 20_000,
      ...(unitReturnMs === undefined ? {} : { unitReturnMs }),
      jobPath: join(folder, 'job.plumb'),
      resources: join(folder, 'resources'),
      door: 'terminal',
      version: '0.1.0',
      log: pino({ level: 'silent' }),
    });
    return new BenchHost(host, folder);
  }

  /** Puts the agent on the board, `old` in one of its modules replaced; without it, as it is. */
  async commission(change?: { module: string; old: string; changed: string }): Promise<void> {
    const agent = join(this.#folder, 'resources', 'agent');
    cpSync(join(resources, 'agent'), agent, { recursive: true });
    if (change) {
      const path = join(agent, 'plumbline', `${change.module}.py`);
      const text = readFileSync(path, 'utf8');
      const changed = text.replace(change.old, change.changed);
      if (changed === text) throw new Error(`${change.old} is not in ${change.module}`);
      writeFileSync(path, changed);
    }
    const { id } = await this.host.call('wizard.open', { kind: 'provision', fresh: true });
    const port = { port: 'bench:1', kind: 'simulated', looksLike: 'unit' } as const;
    const intents: ProvisionIntent[] = [
      { type: 'identify', port },
      describeIntent,
      connectIntent,
      { type: 'push' },
    ];
    for (const intent of intents) {
      const state = await this.#acted(id, { kind: 'provision', intent });
      this.unit = (demand(state) as ProvisionState).unit?.hardwareId ?? '';
    }
  }

  /** A new rules wizard of the unit. */
  async open(): Promise<string> {
    const { unit } = this;
    return (await this.host.call('wizard.open', { kind: 'validate', unit, fresh: true })).id;
  }

  async act(id: string, intent: ValidateIntent): Promise<ValidateState> {
    return (await this.#acted(id, { kind: 'validate', intent })) as ValidateState;
  }

  begin(id: string, intent: ValidateIntent): Promise<unknown> {
    return this.host.call('wizard.act', { id, action: { kind: 'validate', intent } });
  }

  async settled(id: string): Promise<ValidateState> {
    for (;;) {
      const state = await this.host.call('wizard.get', { id });
      if (state.task === null) return state as ValidateState;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** A file of the board as a power cycle would find it. */
  held(path: string): string {
    return readFileSync(join(this.#folder, 'boards', 'board1', path), 'utf8');
  }

  async close(): Promise<void> {
    await this.host.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #acted(id: string, action: WizardIntent): Promise<WizardState> {
    await this.host.call('wizard.act', { id, action });
    return this.settled(id);
  }
}
