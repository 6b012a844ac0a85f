import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from '../../electron/bench/bench.ts';
import type { Host } from '../../electron/host/host.ts';
import { noConnection } from '../../shared/contract/connection.ts';
import type { FailureRecord } from '../../shared/contract/failure.ts';
import type { ProvisionIntent, ProvisionState } from '../../shared/contract/provision.ts';
import { isProven } from '../../shared/wizard/provision.ts';
import { needs } from '../needs.ts';
import { hostIn, type PluggedUnits, plugIn } from './plugged-units.ts';
import { temporaryFolder } from './terminal.ts';

/** `PLUMBLINE_FULL=1` tries every fault at every step, else each at two of them. */
const full = process.env.PLUMBLINE_FULL === '1';

interface Trouble {
  name: string;
  fault: Fault;
  heal: Fault[];
}

const troubles: Trouble[] = [
  { name: 'full', fault: { kind: 'fillDisk' }, heal: [{ kind: 'freeDisk' }] },
  { name: 'read-only', fault: { kind: 'lockDisk' }, heal: [{ kind: 'freeDisk' }] },
  { name: 'wedged', fault: { kind: 'wedge' }, heal: [{ kind: 'powerOff' }, { kind: 'powerOn' }] },
  { name: 'rebooting for ever', fault: { kind: 'rebootForEver' }, heal: [{ kind: 'endReboot' }] },
  { name: '300 baud', fault: { kind: 'pace', baudRate: 300 }, heal: [{ kind: 'pace', baudRate: 0 }] },
  { name: 'garbage', fault: { kind: 'babble', bytes: 'garbage' }, heal: [{ kind: 'endBabble' }] },
  { name: 'silent', fault: { kind: 'babble', bytes: 'silence' }, heal: [{ kind: 'endBabble' }] },
];
const steps = ['identify', 'plan', 'push', 'restart', 'proof'] as const;
type Step = (typeof steps)[number] | 'describe';
/** What a push says of itself when it has come to this step. */
const heardAt: Partial<Record<Step, string>> = { push: 'staging', restart: 'restarting', proof: 'selftest' };

const cases = troubles.flatMap((trouble, n) =>
  steps.filter((_, i) => full || i === n % 5 || i === (n + 2) % 5).map((step) => ({ trouble, step })),
);
/** Where a wizard goes on that has done a step in spite of the fault. */
const after: Record<Step, Step> = {
  identify: 'describe',
  describe: 'plan',
  plan: 'push',
  push: 'push',
  restart: 'push',
  proof: 'push',
};
/** Units that work at a time, beside one without SHA-256 and one on a slow line. */
const workers = 7;
const withoutHash = workers + 1;
const slow = workers + 2;

/** What the unit may run, by what was said of how it was left. */
const mayRun: Record<FailureRecord['deviceState'], RegExp> = {
  unchanged: /^OLD-/,
  'old-still-runs': /^OLD-/,
  staged: /^OLD-/,
  'new-runs': /^NEW-/,
  indeterminate: /^(OLD|NEW)-/,
  'bootloader-only': /^never$/,
  'adjusted-not-verified': /^never$/,
  'rules-untested': /^never$/,
};

needs('socat')('a unit that goes wrong while it is provisioned', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let units: PluggedUnits;
  let host: Host;

  beforeAll(async () => {
    folder = await temporaryFolder();
    // MicroPython looks for a module of its own in the file system first: here it finds one without sha256.
    await mkdir(flashOf(withoutHash), { recursive: true });
    await writeFile(join(flashOf(withoutHash), 'hashlib.py'), '');
    units = await plugIn(folder.path, workers + 2, { filesDirectory: join(folder.path, 'flash') });
    host = await hostIn(folder.path);
  });

  afterAll(async () => {
    await host?.close();
    await units?.close();
    await folder?.remove();
  });

  /** What the unit holds, kept on this computer by the bench. */
  const flashOf = (number: number): string => join(folder.path, 'flash', `board${number}`);
  const open = async (): Promise<string> =>
    (await host.call('wizard.open', { kind: 'provision', fresh: true })).id;
  const begin = (id: string, intent: ProvisionIntent): Promise<unknown> =>
    host.call('wizard.act', { id, action: { kind: 'provision', intent } });
  const act = async (id: string, intent: ProvisionIntent): Promise<ProvisionState> => {
    await begin(id, intent);
    return settled(id);
  };

  async function settled(id: string): Promise<ProvisionState> {
    for (;;) {
      const state = (await host.call('wizard.get', { id })) as ProvisionState;
      if (state.task === null) return state;
      await sleep(50);
    }
  }

  const identify = (number: number): ProvisionIntent => ({
    type: 'identify',
    port: { port: units.port(number), kind: 'serial', looksLike: 'unit' },
  });
  const described = (tag: string): ProvisionIntent => ({
    type: 'describe',
    settings: { tag, asset: '', location: 'Hall', profile: 'bench-thermometer', periodMs: 50 },
    software: { kind: 'app' },
  });
  const connect: ProvisionIntent = { type: 'connect', connection: { ...noConnection, setTime: false } };
  const intentAt = (step: Step, number: number): ProvisionIntent =>
    step === 'identify' ? identify(number) : step === 'plan' ? connect : { type: 'push' };

  /** A wizard whose next act is the one in which `step` is. */
  async function upTo(step: Step, number: number, tag: string): Promise<string> {
    const id = await open();
    if (step === 'identify') return id;
    for (const intent of [identify(number), described(tag), connect].slice(0, step === 'plan' ? 2 : 3)) {
      const { failure } = await act(id, intent);
      expect(failure, `${tag} ${intent.type}: ${failure?.what}`).toBeNull();
    }
    return id;
  }

  async function toTheEnd(id: string, from: Step, number: number, tag: string): Promise<ProvisionState> {
    const all = [identify(number), described(tag), connect, { type: 'push' } as const];
    const at = { identify: 0, describe: 1, plan: 2, push: 3, restart: 3, proof: 3 }[from];
    let state: ProvisionState | undefined;
    for (const intent of all.slice(at)) {
      state = await act(id, intent);
      expect(state.failure, `${tag} ${intent.type}: ${state.failure?.what}`).toBeNull();
    }
    if (!state) throw new Error('nothing was left to do');
    return state;
  }

  async function provision(number: number, tag: string): Promise<void> {
    expect(isProven(await toTheEnd(await open(), 'identify', number, tag))).toBe(true);
  }

  /** What the unit itself says that it is. */
  async function tagOf(number: number): Promise<string> {
    const { unit, failure } = await act(await open(), identify(number));
    expect(failure, `${number}: ${failure?.what}`).toBeNull();
    return unit?.tag ?? '';
  }

  const fault = (number: number, each: Fault): Promise<void> => units.bench.fault(number, each);

  /** Acts, and lets the fault come when the step is reached. */
  async function actUnder(id: string, step: Step, number: number, wrong: Fault): Promise<ProvisionState> {
    const key = heardAt[step];
    const coming = Promise.withResolvers<void>();
    const off = host.on('task.progress', (progress) => {
      if (progress.wizard === id && progress.key === key) coming.resolve();
    });
    await begin(id, intentAt(step, number));
    if (key === undefined) coming.resolve();
    const ended = settled(id);
    await Promise.race([coming.promise, ended]);
    off();
    await fault(number, wrong);
    return ended;
  }

  async function survive(
    number: number,
    { trouble, step }: (typeof cases)[number],
    n: number,
  ): Promise<string> {
    const words = `${trouble.name} while ${step}`;
    const [old, next] = [`OLD-${number}-${n}`, `NEW-${number}-${n}`];
    await provision(number, old);
    const id = await upTo(step, number, next);
    const from = performance.now();
    const ended = await actUnder(id, step, number, trouble.fault);
    const { failure } = ended;
    const took = ((performance.now() - from) / 1000).toFixed(1);
    for (const each of trouble.heal) await fault(number, each);
    await sleep(500);
    if (failure !== null) {
      expect(failure.code, `${words}: ${failure.what}`).not.toMatch(/^(INTERNAL|STEP_BLOCKED)$/);
      expect(failure.next.length, words).toBeGreaterThan(10);
      expect(await tagOf(number), `${words}: ${failure.code} ${failure.deviceState}`).toMatch(
        mayRun[failure.deviceState],
      );
    }
    const done = isProven(ended) ? ended : await toTheEnd(id, failure ? step : after[step], number, next);
    expect(isProven(done), words).toBe(true);
    expect(await tagOf(number), words).toBe(next);
    return `${words}: ${failure ? `${failure.code} (${failure.deviceState}): ${failure.what}` : 'went on'} after ${took} s`;
  }

  it('ends with what happened, how it was left and what to do; when it is well again the work goes on', async () => {
    const waiting = cases.map((each, n) => ({ each, n }));
    const told: string[] = [];
    const work = async (number: number): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        told.push(await survive(number, next.each, next.n));
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: workers }, (_, i) => work(i + 1)));
    console.log(told.sort().join('\n'));
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    expect(told).toHaveLength(cases.length);
  }, 1_200_000);

  it('without SHA-256 is refused before anything is written to it', async () => {
    const id = await open();
    let ended = await act(id, identify(withoutHash));
    for (const intent of [described('NEW-1'), connect, { type: 'push' } as const]) {
      if (ended.failure === null) ended = await act(id, intent);
    }
    expect(ended.failure).toMatchObject({ code: 'UNIT_UNSUPPORTED', deviceState: 'unchanged' });
    expect(await readdir(flashOf(withoutHash))).toEqual(['hashlib.py']);
  }, 120_000);

  it.each(full ? [38_400, 9600, 2400] : [38_400])(
    'over a line of %i baud is provisioned, slowly',
    async (baudRate) => {
      await fault(slow, { kind: 'pace', baudRate });
      await provision(slow, `SLOW-${baudRate}`);
      await fault(slow, { kind: 'pace', baudRate: 0 });
      expect(await tagOf(slow)).toBe(`SLOW-${baudRate}`);
    },
    600_000,
  );
});
