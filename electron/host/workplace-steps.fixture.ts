import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { WizardKind, WizardState } from '../../shared/contract/job.ts';
import type { Transport } from '../transport/transport.ts';
import { connectIntent, demand, describeIntent, type Intent, Workplace } from './workplace.fixture.ts';

/**
 * Makes workplaces whose boards are commissioned already: provisioned once, then copied. After each test everything is
 * closed, and nothing may have been rejected or thrown without anybody noticing.
 */
export function commissionedWorkplaces(): (
  boards: number,
  wire?: (line: Transport) => Transport,
) => Promise<Workplace> {
  let commissioned: string;
  let rejections: unknown[] = [];
  let place: Workplace | undefined;
  const reject = (thrown: unknown): void => void rejections.push(thrown);

  beforeAll(async () => {
    process.on('unhandledRejection', reject);
    process.on('uncaughtException', reject);
    commissioned = mkdtempSync(join(tmpdir(), 'plumb-board-'));
    const first = await Workplace.start({ boards: 1 });
    const id = await first.described(1);
    demand(await first.act(id, 'provision', { type: 'push' }));
    cpSync(first.flash(1), commissioned, { recursive: true });
    await first.close();
  });
  afterAll(() => {
    rmSync(commissioned, { recursive: true, force: true });
    process.off('unhandledRejection', reject);
    process.off('uncaughtException', reject);
  });
  afterEach(async () => {
    await place?.close();
    place = undefined;
    const seen = rejections;
    rejections = [];
    expect(seen).toEqual([]);
  });
  return async (boards, wire) => {
    place = await Workplace.start({ boards, files: commissioned, ...(wire ? { wire } : {}) });
    return place;
  };
}

export const never: AbortSignal = new AbortController().signal;
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** A step of the work: what comes before it, and the intent that starts it. */
export interface Step<K extends WizardKind = WizardKind> {
  name: string;
  kind: K;
  intent: Intent<K>;
  prepare: (at: Workplace, board: number) => Promise<string>;
  /** The file that it writes. */
  file?: string;
}
const step = <K extends WizardKind>(it: Step<K>): Step => it as unknown as Step;

export const prove = { type: 'prove', referencePort: null, setPoints: [], timeoutSeconds: 7 } as const;
let tags = 0;
export const steps: Step[] = [
  step({
    name: 'plan',
    kind: 'provision',
    intent: connectIntent,
    prepare: async (at, board) => {
      const id = await at.identified(board);
      demand(await at.act(id, 'provision', describeIntent));
      return id;
    },
  }),
  step({
    name: 'push',
    kind: 'provision',
    intent: { type: 'push' },
    file: 'config.json',
    prepare: async (at, board) => {
      const id = await at.identified(board);
      tags += 1;
      const settings = { ...describeIntent.settings, tag: `TT-${100 + tags}` };
      demand(await at.act(id, 'provision', { ...describeIntent, settings }));
      demand(await at.act(id, 'provision', connectIntent));
      return id;
    },
  }),
  step({
    name: 'measure',
    kind: 'calibrate',
    intent: { type: 'measure' },
    prepare: (at, board) => at.planned(board),
  }),
  step({
    name: 'adjust',
    kind: 'calibrate',
    intent: { type: 'adjust' },
    file: 'calibration.json',
    prepare: (at, board) => at.asFound(board),
  }),
  step({
    name: 'push rules',
    kind: 'validate',
    intent: { type: 'push' },
    file: 'rules.json',
    prepare: (at, board) => at.ruled(board),
  }),
  step({
    name: 'prove',
    kind: 'validate',
    intent: { ...prove, setPoints: [] },
    file: 'rules.json',
    prepare: async (at, board) => {
      const id = await at.ruled(board);
      demand(await at.act(id, 'validate', { type: 'push' }));
      return id;
    },
  }),
];

/** What is called done is in the flash. */
export function expectDone(at: Workplace, board: number, state: WizardState, words: string): void {
  if (state.kind === 'calibrate' && state.written) {
    expect(sha256(at.held(board, 'calibration.json')), words).toBe(state.written.sha256);
  }
  if (state.kind === 'validate' && state.written) {
    expect(sha256(at.held(board, 'rules.json')), words).toBe(state.written.sha256);
  }
  if (state.kind === 'provision' && state.proof) {
    for (const { path, pushed } of state.proof) {
      expect(sha256(at.file(board, path)), `${words} ${path}`).toBe(pushed);
    }
  }
}

/** Works `count` things off on these boards, one at a time on each. */
export async function onBoards(
  boards: readonly number[],
  count: number,
  work: (board: number, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (board: number): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(board, index);
  };
  await Promise.all(boards.map(worker));
}
