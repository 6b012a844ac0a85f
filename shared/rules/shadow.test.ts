import { describe, expect, it } from 'vitest';
import type { RuleEvent } from '../contract/devices.ts';
import { createEngine } from './engine.ts';
import { createShadow } from './shadow.ts';

const form = {
  v: 1,
  in: [['x', 0]],
  sig: [['in', 0]],
  cond: [['hi', 0, 100, 0]],
  rule: [{ id: 'r', c: 0 }],
};
const shadow = (fromSeq = 1) => createShadow(createEngine(form), fromSeq);
const frame = (seq: number, value: number | null) => ({
  seq,
  t: 100 * seq,
  channels: [{ id: 'x', value, raw: null }],
});
const event = (seq: number, kind: RuleEvent['kind'], t = 100 * seq): RuleEvent => ({ seq, t, rule: 0, kind });
const nothing = { agreed: [], difference: null, lost: 0 };

describe('a shadow', () => {
  it('agrees on a decision once the frame is complete', () => {
    const it = shadow();
    expect(it.frame(frame(1, 100))).toEqual(nothing);
    expect(it.event(event(1, 'ON'))).toEqual(nothing);
    expect(it.frame(frame(2, 100))).toEqual({ ...nothing, agreed: [event(1, 'ON')] });
    expect(it.frames).toBe(2);
  });

  it.each<[string, RuleEvent[]]>([
    ['no event', []],
    ['another kind', [event(1, 'OFF')]],
    ['another time', [event(1, 'ON', 99)]],
    ['a first of a group', [{ ...event(1, 'ON'), first: true }]],
    ['one too many', [event(1, 'ON'), event(1, 'OFF')]],
  ])('sees %s as a difference', (_, unit) => {
    const it = shadow();
    it.frame(frame(1, 100));
    for (const said of unit) it.event(said);
    expect(it.frame(frame(2, 100)).difference).toEqual({ seq: 1, unit, app: [event(1, 'ON')] });
  });

  it('sees an event that comes after its frame was judged as a difference', () => {
    const it = shadow();
    it.frame(frame(1, 0));
    it.frame(frame(2, 0));
    expect(it.event(event(1, 'ON')).difference).toEqual({ seq: 1, unit: [event(1, 'ON')], app: [] });
  });

  it('leaves aside what came before the restart', () => {
    const it = shadow(5);
    expect(it.frame(frame(4, 100))).toEqual(nothing);
    expect(it.event(event(4, 'ON'))).toEqual(nothing);
    expect(it.frames).toBe(0);
    expect(it.resync).toBe(false);
  });

  it('counts lost frames, and compares nothing more until both start anew', () => {
    const it = shadow();
    it.frame(frame(1, 100));
    expect(it.frame(frame(4, 100))).toEqual({ ...nothing, lost: 2 });
    expect(it.resync).toBe(true);
    expect(it.event(event(4, 'ON'))).toEqual(nothing);
    expect(it.frame(frame(5, 0))).toEqual(nothing);
  });

  it('takes a unit that restarted for a gap', () => {
    const it = shadow(10);
    it.frame(frame(10, 0));
    expect(it.frame(frame(1, 0))).toEqual(nothing);
    expect(it.resync).toBe(true);
  });
});
