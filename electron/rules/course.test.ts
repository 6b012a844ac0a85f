import { expect, it } from 'vitest';
import type { RuleEvent } from '../../shared/contract/devices.ts';
import { isAwaited, nextPlace, rulesHoldingAt, unforeseenBy } from './course.ts';

const channels = ['t1', 't2'].map((id) => ({ id, quantum: '0.001', unit: 'degC', staleMs: 0 }));
/** Above 60 °C, and t1 minus t2 out of one degree. */
const text = JSON.stringify({
  v: 1,
  in: [
    ['t1', 0],
    ['t2', 0],
  ],
  sig: [
    ['in', 0],
    ['in', 1],
    ['diff', 0, 1],
  ],
  cond: [
    ['hi', 0, 60_000, 0],
    ['out', 2, -1000, 1000, 0],
  ],
  rule: [0, 1].map((c) => ({ id: `r${c}`, c, on: 0, off: 0, unk: 2, sev: 2 })),
});
const places = ['20', '80', '30'].map((point) => rulesHoldingAt(point, text, channels));
const seen: RuleEvent = { seq: 1, t: 1, rule: 0, kind: 'ON' };
const proven = { id: 'r', fired: seen, cleared: seen };
const open = { id: 'r', fired: null, cleared: null };

it('two sensors that show the same never disagree: no set point tells of such a rule', () => {
  expect(places).toEqual([new Set(), new Set([0]), new Set()]);
  expect(unforeseenBy(places, 2)).toEqual(new Set([1]));
});

it('goes where something is sure to be seen, and everywhere in turn while a rule is left that no place tells of', () => {
  const unforeseen = unforeseenBy(places, 2);
  expect(nextPlace(places, -1, [open, proven], unforeseen)).toBe(1);
  expect(nextPlace(places, -1, [proven, open], unforeseen)).toBe(0);
  expect(nextPlace(places, 2, [proven, open], unforeseen)).toBe(0);
  expect(nextPlace(places, 0, [proven, proven], unforeseen)).toBeNull();
  expect(places.map((holding) => isAwaited([proven, open], holding, unforeseen))).toEqual([
    false,
    false,
    false,
  ]);
});
