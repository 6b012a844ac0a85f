import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../shared/contract/failure.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import type { ProvisionFact, ProvisionState } from '../../shared/contract/provision.ts';
import type { TaskContext } from '../../shared/wizard/task.ts';
import { type JobStore, openOrCreateJob } from '../store/job-store.ts';
import { Desk } from './desk.ts';

const port = { port: 'bench:1', kind: 'simulated', looksLike: 'unit' } as const;
const unit = {
  hardwareId: 'e66058388303aa2f',
  family: 'micropython',
  implementation: 'micropython',
  version: '1.27',
  platform: 'rp2',
  machine: 'bench',
  freeBytes: 1,
  totalBytes: 2,
  tag: null,
  agent: null,
};

type Identify = (state: ProvisionState, context: TaskContext<ProvisionFact>) => Promise<void>;

let directory: string;
let store: JobStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'desk-'));
  store = openOrCreateJob(join(directory, 'job.plumb'), { name: 'Test' });
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

function deskWith(identify: Identify): { desk: Desk; seen: WizardState[] } {
  const seen: WizardState[] = [];
  const desk = new Desk({
    store,
    tasks: { provision: { identify }, calibrate: {}, validate: {} },
    changed: (state) => seen.push(state),
    progress: () => undefined,
  });
  return { desk, seen };
}
const identifyIntent = { kind: 'provision', intent: { type: 'identify', port } } as const;
const untilAborted = ({ signal }: { signal: AbortSignal }): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

describe('desk', () => {
  it('runs the task that an intent started and settles with its fact', async () => {
    const { desk } = deskWith(async (_, { fact }) => fact({ type: 'identified', unit }));
    const { id } = desk.open({ kind: 'provision' });
    desk.act(id, identifyIntent);
    expect(await desk.settled(id)).toMatchObject({ step: 'describe', unit, task: null });
  });

  it('folds the journal to the very same state', async () => {
    const { desk } = deskWith(async (_, { fact }) => fact({ type: 'identified', unit }));
    const { id } = desk.open({ kind: 'provision' });
    desk.act(id, identifyIntent);
    const before = await desk.settled(id);
    expect(deskWith(async () => undefined).desk.get(id)).toEqual(before);
  });

  it('turns what a task throws into a failure on the wizard', async () => {
    const { desk } = deskWith(async () => {
      throw new Failure('PORT_BUSY', { port: 'bench:1' });
    });
    const { id } = desk.open({ kind: 'provision' });
    desk.act(id, identifyIntent);
    expect((await desk.settled(id)).failure).toMatchObject({ code: 'PORT_BUSY', deviceState: 'unchanged' });
  });

  it('calls a task that ends without a result a defect', async () => {
    const { desk } = deskWith(async () => undefined);
    const { id } = desk.open({ kind: 'provision' });
    desk.act(id, identifyIntent);
    expect((await desk.settled(id)).failure?.code).toBe('INTERNAL');
  });

  it('stops a task and says that it was stopped', async () => {
    const { desk } = deskWith((_, context) => untilAborted(context));
    const { id } = desk.open({ kind: 'provision' });
    desk.act(id, identifyIntent);
    desk.act(id, { kind: 'provision', intent: { type: 'stop' } });
    expect((await desk.settled(id)).failure?.code).toBe('CANCELLED');
  });

  it('says after a crash that the task was interrupted', () => {
    const { desk } = deskWith((_, context) => untilAborted(context));
    const { id } = desk.open({ kind: 'provision' });
    desk.act(id, identifyIntent);
    const next = deskWith(async () => undefined).desk;
    expect(next.get(id).task?.kind).toBe('identify');
    next.resume();
    expect(next.get(id)).toMatchObject({ task: null, failure: { code: 'INTERRUPTED' } });
  });

  it('refuses what is blocked, with the reason, and journals nothing', () => {
    const { desk } = deskWith(async () => undefined);
    const { id } = desk.open({ kind: 'provision' });
    const { seq } = store.head();
    expect(() => desk.act(id, { kind: 'provision', intent: { type: 'push' } })).toThrow(
      expect.objectContaining({ code: 'STEP_BLOCKED' }),
    );
    expect(store.head().seq).toBe(seq);
  });

  it('does not let two wizards work with one unit at once', async () => {
    const { desk } = deskWith((_, context) => untilAborted(context));
    const first = desk.open({ kind: 'provision' });
    const second = desk.open({ kind: 'provision' });
    desk.act(first.id, identifyIntent);
    expect(() => desk.act(second.id, identifyIntent)).toThrow(
      expect.objectContaining({ code: 'STEP_BLOCKED' }),
    );
    expect(desk.get(second.id).task).toBeNull();
    await desk.close();
  });

  it('drops facts of a task that is no longer the present one', async () => {
    let late: (() => void) | undefined;
    const { desk } = deskWith(async (state, { fact }) => {
      if (state.task?.id === 1) {
        late = () => fact({ type: 'identified', unit: { ...unit, hardwareId: 'dead' } });
        throw new Failure('NO_REPLY', { port: 'bench:1', seconds: 3, during: 'asking' });
      }
      fact({ type: 'identified', unit });
    });
    const { id } = desk.open({ kind: 'provision' });
    desk.act(id, identifyIntent);
    await desk.settled(id);
    desk.act(id, identifyIntent);
    await desk.settled(id);
    late?.();
    expect(desk.get(id)).toMatchObject({ unit: { hardwareId: unit.hardwareId } });
  });

  it('shows a failure that the record does not take, and enters it before anything else', async () => {
    const { desk } = deskWith(async (_, { fact }) => {
      await Promise.resolve();
      fact({ type: 'identified', unit });
    });
    const { id } = desk.open({ kind: 'provision' });
    desk.act(id, identifyIntent);
    const full = vi.spyOn(store, 'append').mockImplementation(() => {
      throw new Failure('FILE_UNWRITABLE', { path: 'job.plumb', detail: 'the disk is full' });
    });
    expect(await desk.settled(id)).toMatchObject({ task: null, failure: { code: 'FILE_UNWRITABLE' } });
    expect(() => desk.act(id, identifyIntent)).toThrow(/the disk is full/);
    full.mockRestore();
    desk.act(id, identifyIntent);
    expect(await desk.settled(id)).toMatchObject({ unit, failure: null });
    expect(deskWith(async () => undefined).desk.get(id)).toEqual(desk.get(id));
  });

  it('starts nothing any more once it closes', async () => {
    const { desk } = deskWith((_, context) => untilAborted(context));
    const { id } = desk.open({ kind: 'provision' });
    await desk.close();
    desk.act(id, identifyIntent);
    expect(await desk.settled(id)).toMatchObject({ task: null, failure: { code: 'INTERRUPTED' } });
  });
});
