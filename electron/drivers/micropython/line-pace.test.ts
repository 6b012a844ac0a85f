import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LinePace } from './line-pace.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** What a unit says within six seconds: so many bytes at a time, so often. */
function heard(bytes: number, everyMs: number): number | null {
  let deliver: (bytes: Uint8Array) => void = () => {};
  const pace = new LinePace({
    onData: (listener) => {
      deliver = listener;
      return () => {};
    },
  });
  deliver(new Uint8Array(5000));
  pace.begin();
  for (let ms = everyMs; ms <= 6000; ms += everyMs) {
    vi.advanceTimersByTime(everyMs);
    deliver(new Uint8Array(bytes));
  }
  return pace.tooSlow();
}

test.each([
  ['300 baud', 1, 33, 30],
  ['300 baud that comes in lumps', 3, 100, 30],
  ['600 baud', 1, 17, 59],
])('%s is too slow', (_, bytes, everyMs, rate) => expect(heard(bytes, everyMs)).toBe(rate));

test.each([
  ['1200 baud', 1, 8],
  ['garbage', 64, 10],
  ['a prompt now and then', 4, 500],
  ['a unit that starts again and again', 60, 1200],
  ['silence', 0, 7000],
])('%s is something else', (_, bytes, everyMs) => expect(heard(bytes, everyMs)).toBeNull());
