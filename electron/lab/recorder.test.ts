import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame, RuleEvent } from '../../shared/contract/devices.ts';
import { exampleProfile } from '../../shared/contract/profile.fixture.ts';
import type { RecordingNow } from '../../shared/contract/recordings.ts';
import { type JobStore, openOrCreateJob } from '../store/job-store.ts';
import { Recorders, type RecorderTools } from './recorders.ts';
import { Shelf } from './shelf.ts';

const unit = 'abcd';
const [channel] = exampleProfile.channels;
const id = channel?.id ?? '';

/** A unit as the connections show it. */
class ScriptedUnit {
  boot = 3;
  rulesRevision: string | null = '12345678';
  away = false;
  readonly frames = new Set<(frame: Frame) => void>();
  readonly events = new Set<(event: RuleEvent) => void>();
  readonly damages = new Set<() => void>();
  readonly restarts = new Set<() => void>();
  streams = 0;

  readonly connections = {
    agent: async () => ({
      hello: async () => {
        if (this.away) throw new Error('away');
        return { boot: this.boot, rulesRevision: this.rulesRevision };
      },
    }),
    onFrame: (_: string, listener: (frame: Frame) => void) => listening(this.frames, listener),
    onRuleEvent: (_: string, listener: (event: RuleEvent) => void) => listening(this.events, listener),
    onDamage: (_: string, listener: () => void) => listening(this.damages, listener),
    onRestart: (_: string, listener: () => void) => listening(this.restarts, listener),
  } as unknown as RecorderTools['connections'];

  readonly live = {
    subscribe: () => {
      this.streams += 1;
      return this.streams;
    },
    unsubscribe: () => {
      this.streams -= 1;
    },
  };

  frame(seq: number, t: number, value: number | null, at = t): void {
    for (const listener of this.frames) listener({ seq, t, at, channels: [{ id, value, raw: null }] });
  }

  decide(seq: number, t: number): void {
    for (const listener of this.events) listener({ seq, t, rule: 0, kind: 'ON' });
  }

  damage(): void {
    for (const listener of this.damages) listener();
  }
}

function listening<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

let folder: string;
let store: JobStore;
let shelf: Shelf;
let scripted: ScriptedUnit;
let recorders: Recorders;
let told: RecordingNow[];
let channels: typeof exampleProfile.channels;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-recorder-'));
  store = openOrCreateJob(join(folder, 'job.plumb'), { name: 'J' });
  shelf = new Shelf(store);
  scripted = new ScriptedUnit();
  told = [];
  channels = exampleProfile.channels;
  recorders = new Recorders({
    shelf,
    connections: scripted.connections,
    live: scripted.live,
    portOf: () => 'bench:1',
    channelsOf: () => channels,
    progress: (now) => told.push(now),
  });
});
afterEach(async () => {
  await recorders.close();
  store.close();
  rmSync(folder, { recursive: true });
});

const rows = (file: string): string[] =>
  readFileSync(`${store.path}.recordings/${file}`, 'utf8').trimEnd().split('\n').slice(1);

describe('a live recording', () => {
  it('holds the frames exactly, and what the unit decided meanwhile', async () => {
    expect(await recorders.start(unit, 'run')).toMatchObject({ unit, name: 'run', rows: 0 });
    scripted.decide(9, 900);
    scripted.frame(10, 1000, 23_512);
    scripted.frame(11, 1100, null);
    scripted.decide(11, 1100);
    expect(recorders.now(unit)?.rows).toBe(2);
    const facts = await recorders.finish(unit);
    expect(facts).toMatchObject({
      id: 'r1',
      unit,
      name: 'run',
      origin: 'live',
      dated: false,
      rows: 2,
      from: 1000,
      to: 1100,
      decided: {
        boot: 3,
        revision: '12345678',
        events: [{ seq: 11, t: 1100, rule: 0, kind: 'ON' }],
        lost: 0,
      },
    });
    expect(rows('r1.csv')).toEqual(['1000,23.512', '1100,NaN']);
    expect(shelf.list(unit)).toEqual([facts]);
    expect([scripted.frames.size, scripted.streams, recorders.now(unit)]).toEqual([0, 0, null]);
  });

  it('counts what was lost on the line', async () => {
    await recorders.start(unit, 'run');
    scripted.damage();
    scripted.frame(1, 100, 1);
    scripted.frame(4, 400, 1);
    scripted.damage();
    expect((await recorders.finish(unit)).decided).toMatchObject({ lost: 3, revision: '12345678' });
  });

  it('goes on over a restart of the unit, and is compared with nothing then', async () => {
    await recorders.start(unit, 'run');
    scripted.frame(500, 50_000, 1, 1_000_000);
    scripted.decide(500, 50_000);
    scripted.frame(1, 20, 2, 1_003_000);
    scripted.frame(2, 120, 3, 1_003_100);
    scripted.decide(2, 120);
    const { decided } = await recorders.finish(unit);
    expect(decided).toMatchObject({ revision: null, lost: 0, events: [{ seq: 500 }] });
    expect(rows('r1.csv')).toEqual(['50000,0.001', '53000,0.002', '53100,0.003']);
  });

  it.each<[string, (unit: ScriptedUnit) => void]>([
    ['other rules came', (it) => Object.assign(it, { rulesRevision: '87654321' })],
    ['the unit restarted unseen', (it) => Object.assign(it, { boot: 4 })],
    ['the unit does not say any more', (it) => Object.assign(it, { away: true })],
    ['its rules were put in force anew', () => recorders.disturb(unit)],
    ['its engine began anew', (it) => [...it.restarts].map((listener) => listener())],
  ])('is compared with nothing where %s', async (_, happen) => {
    await recorders.start(unit, 'run');
    scripted.frame(1, 100, 1);
    happen(scripted);
    expect((await recorders.finish(unit)).decided?.revision).toBeNull();
  });

  it('ends where the unit comes back with numbers that mean something else', async () => {
    await recorders.start(unit, 'run');
    scripted.frame(500, 50_000, 23_512);
    channels = channels.map((one) => ({ ...one, quantum: '0.01' }));
    scripted.frame(501, 50_100, 23_513);
    scripted.frame(1, 20, 2351);
    scripted.frame(2, 120, 2352);
    expect(recorders.now(unit)?.rows).toBe(2);
    expect((await recorders.finish(unit)).decided?.revision).toBeNull();
    expect(rows('r1.csv')).toEqual(['50000,23.512', '50100,23.513']);
  });

  it('is one a unit, and none without frames', async () => {
    await recorders.start(unit, 'run');
    await expect(recorders.start(unit, 'again')).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
    await expect(recorders.finish(unit)).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
    await expect(recorders.finish(unit)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(shelf.list()).toEqual([]);
  });

  it('that cannot be written gathers no more, and says so when it is finished', async () => {
    writeFileSync(`${store.path}.recordings`, 'in the way');
    await recorders.start(unit, 'run');
    scripted.frame(1, 100, 1);
    scripted.frame(2, 200, 1);
    expect(recorders.now(unit)?.rows).toBe(0);
    await expect(recorders.finish(unit)).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(shelf.list()).toEqual([]);
  });

  // A file of this kind takes no byte, as a full disk does.
  it.skipIf(!existsSync('/dev/full'))(
    'on a full disk ends with its reason, and takes nothing with it',
    async () => {
      const written = `${store.path}.recordings`;
      mkdirSync(written);
      symlinkSync('/dev/full', join(written, 'r1.csv.part'));
      await recorders.start(unit, 'run');
      await vi.waitFor(async () => {
        const rows = recorders.now(unit)?.rows ?? 0;
        scripted.frame(rows + 1, 100 * (rows + 1), 1);
        await turn();
        expect(recorders.now(unit)?.rows).toBe(rows);
      });
      await expect(recorders.finish(unit)).rejects.toMatchObject({
        code: 'FILE_UNWRITABLE',
        params: { detail: 'ENOSPC' },
      });
      expect(readdirSync(written)).toEqual([]);
      expect(shelf.list()).toEqual([]);
    },
  );

  it('is kept when the app ends', async () => {
    await recorders.start(unit, 'run');
    scripted.frame(1, 100, 1);
    await recorders.close();
    expect(shelf.list(unit)).toMatchObject([{ name: 'run', rows: 1 }]);
  });
});
