import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InterruptWatch } from './interrupt-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(seen = 0) {
  const board = { seen, excuse: null as 'later' | 'never' | null, givenUp: 0 };
  const watch = new InterruptWatch({
    seen: () => board.seen,
    excuse: () => board.excuse,
    giveUp: () => {
      board.givenUp += 1;
    },
  });
  return { board, watch };
}

it('gives a board up that does not look at a Ctrl-C, once, however often it is sent', () => {
  const { board, watch } = watched();
  for (let head = 1; head <= 15; head += 1) {
    watch.expect(head);
    vi.advanceTimersByTime(100);
  }
  expect(board.givenUp).toBe(0);
  vi.advanceTimersByTime(600);
  expect(board.givenUp).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(board.givenUp).toBe(1);
});

it('leaves a board alone that looked, whether it obeys or not', () => {
  const { board, watch } = watched(-5);
  watch.expect(-1);
  watch.expect(2 ** 31 - 1);
  board.seen = -1;
  vi.advanceTimersByTime(2000);
  board.seen = -(2 ** 31);
  vi.advanceTimersByTime(60_000);
  expect(board.givenUp).toBe(0);
});

it('still waits for the last Ctrl-C after the first was seen', () => {
  const { board, watch } = watched();
  watch.expect(1);
  watch.expect(2);
  board.seen = 1;
  vi.advanceTimersByTime(2000);
  expect(board.givenUp).toBe(0);
  vi.advanceTimersByTime(2000);
  expect(board.givenUp).toBe(1);
});

it('waits for a board that starts or whose line is full, and never gives up a wedged one', () => {
  const { board, watch } = watched();
  board.excuse = 'later';
  watch.expect(1);
  vi.advanceTimersByTime(60_000);
  expect(board.givenUp).toBe(0);
  board.excuse = 'never';
  vi.advanceTimersByTime(60_000);
  board.excuse = null;
  vi.advanceTimersByTime(60_000);
  expect(board.givenUp).toBe(0);
});

it('forgets when it is told to', () => {
  const { board, watch } = watched();
  watch.expect(1);
  watch.stop();
  vi.advanceTimersByTime(60_000);
  expect(board.givenUp).toBe(0);
});
