import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/contract/failure.ts';
import type { Workplace } from './workplace.fixture.ts';
import { commissionedWorkplaces, never, onBoards, pause, sha256 } from './workplace-steps.fixture.ts';

const workplace = commissionedWorkplaces();

/** Whole numbers that look drawn by chance, the same in every run (mulberry32). */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

async function cyclePower(at: Workplace, board: number): Promise<void> {
  await at.fault(board, { kind: 'cutPowerAtByte', n: Number.MAX_SAFE_INTEGER });
  await at.fault(board, { kind: 'powerOff' });
  await at.fault(board, { kind: 'powerOn' });
}

const failureOf = async (work: Promise<unknown>): Promise<Failure | null> =>
  work.then(
    () => null,
    (thrown: unknown) => {
      if (thrown instanceof Failure) return thrown;
      throw thrown;
    },
  );

describe('power cut at any byte', () => {
  const boards = [1, 2, 3, 4, 5, 6, 7, 8];
  const cuts = 25;

  it('of a push', async () => {
    const at = await workplace(boards.length);
    const outcomes = new Set<string>();
    const place = drawn(1);
    await onBoards(boards, cuts, async (board, index) => {
      const expected = at.unit(board);
      const files = ['a.py', 'b.py'].map((name, i) => {
        const bytes = Buffer.from(`# ${index} ${name}\n`.repeat(40 * (i + 1)));
        return { path: `/plumbline/${name}`, bytes, sha256: sha256(bytes) };
      });
      const held = files.map(({ path }) => at.held(board, path.slice(11)));
      const push = async (): Promise<unknown> =>
        (await at.connections.session(`bench:${board}`, expected, never)).replace(files, { expected });
      await at.fault(board, { kind: 'cutPowerAtByte', n: 1 + (place() % 6000) });
      const failure = await failureOf(push());
      await cyclePower(at, board);
      const now = files.map(({ path }) => at.held(board, path.slice(11)));
      const wanted = files.map(({ bytes }) => bytes.toString());
      outcomes.add(failure?.deviceState ?? 'done');
      if (failure === null) expect(now).toEqual(wanted);
      else if (failure.deviceState !== 'indeterminate') expect(now).toEqual(held);
      for (const [i, text] of now.entries()) expect([held[i], wanted[i]]).toContain(text);
      expect(await failureOf(push())).toBeNull();
      expect(files.map(({ path }) => at.held(board, path.slice(11)))).toEqual(wanted);
    });
    expect([...outcomes]).toEqual(expect.arrayContaining(['unchanged', 'staged']));
  }, 60_000);

  it('of a calibration', async () => {
    const at = await workplace(boards.length);
    const outcomes = new Set<string>();
    const place = drawn(2);
    await onBoards(boards, cuts, async (board, index) => {
      const wanted = JSON.stringify({ v: 1, version: index + 2, channels: { t1: [1000 + index, 5, 20] } });
      const held = at.held(board, 'calibration.json');
      const link = await at.connections.agent(`bench:${board}`, at.unit(board), never);
      await at.fault(board, { kind: 'cutPowerAtByte', n: 1 + (place() % 420) });
      const failure = await failureOf(link.put('calibration', Buffer.from(wanted)));
      await cyclePower(at, board);
      const now = at.held(board, 'calibration.json');
      outcomes.add(failure?.deviceState ?? 'done');
      if (failure === null) expect(now).toBe(wanted);
      else if (failure.deviceState === 'indeterminate') expect([held, wanted]).toContain(now);
      else expect(now).toBe(held);
      await pause(600);
      const again = await at.connections.agent(`bench:${board}`, at.unit(board), never);
      await again.put('calibration', Buffer.from(wanted));
      expect(Buffer.from((await again.get('calibration')) ?? []).toString()).toBe(wanted);
      expect((await again.hello()).files['/plumbline/calibration.json']).toBe(sha256(wanted));
    });
    expect(outcomes.size).toBeGreaterThan(1);
  }, 60_000);
});
