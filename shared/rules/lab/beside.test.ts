import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleEvent } from '../../contract/devices.ts';
import { anyCase } from '../arbitrary.fixture.ts';
import { checkDeviceForm } from '../device-form.ts';
import { createEngine } from '../engine.ts';
import type { RecordedFrame } from '../replay-frames.ts';
import type { RuleDecision } from '../rule-machine.ts';
import { besideOf } from './beside.ts';
import { recordingOf } from './recording.ts';

type Plain = Pick<RecordedFrame, 't' | 'inputs'>;

const told = (decisions: readonly RuleDecision[]): RuleEvent[] =>
  decisions.map((decision, seq) => ({ seq, ...decision }));

/** What a unit decided that has run since the first frame. */
const unitOf = (
  form: unknown,
  frames: readonly Plain[],
  acks: Record<number, number[]> = {},
): RuleEvent[] => {
  const engine = createEngine(form);
  return told(frames.flatMap(({ t, inputs }) => engine.feed(t, inputs, acks[t] ?? [])));
};

const formOf = (cond: unknown[][], rule: object, sig: unknown[][] = [['in', 0]]): unknown => ({
  v: 1,
  in: [['t1', 5000]],
  sig,
  cond,
  rule: [{ id: 'hot', c: cond.length - 1, ...rule }],
});
const hot = formOf([['hi', 0, 70, 5]], { on: 2000, off: 1000 });
const frames = (...values: (number | null)[]): Plain[] =>
  values.map((t1, i) => ({ t: i * 1000, inputs: { t1 } }));
const tail = (all: readonly Plain[], from: number) => recordingOf(all.slice(from));

describe('a unit beside the replay of its rules', () => {
  it('is alike from wherever the recording begins', () => {
    fc.assert(
      fc.property(anyCase, fc.nat({ max: 40 }), ({ form, frames: given }, start) => {
        // Late frames never reach a recording of a unit, whose times increase.
        let last = Number.NEGATIVE_INFINITY;
        const acks: Record<number, number[]> = {};
        const plain = given.flatMap(([t, inputs, acknowledged]): Plain[] => {
          if (t <= last) return [];
          last = t;
          acks[t] = acknowledged.filter((rule) => checkDeviceForm(form).rule[rule]?.inh.length === 0);
          return [{ t, inputs }];
        });
        const unit = unitOf(form, plain, acks);
        const found = besideOf(form, tail(plain, start), { events: unit });
        expect({ unit: found.unitOnly, replay: found.replayOnly }).toEqual({ unit: [], replay: [] });
      }),
      { numRuns: 250 },
    );
  });

  it('compares a rule from the moment at which both hold the same', () => {
    // The unit is in the middle of an alarm when the recording begins; then one more, all of which is seen.
    const all = frames(50, 80, 80, 80, 80, 50, 50, 50, 80, 80, 80, 50, 50, 50, 50);
    const events = unitOf(hot, all);
    expect(events.map(({ t, kind }) => [t, kind])).toEqual([
      [3000, 'ON'],
      [6000, 'OFF'],
      [10_000, 'ON'],
      [12_000, 'OFF'],
    ]);
    expect(besideOf(hot, tail(all, 4), { events })).toEqual({
      from: [6000],
      agreed: 2,
      unitOnly: [],
      replayOnly: [],
    });
    expect(besideOf(hot, tail(all, 0), { events })).toMatchObject({ from: [3000], agreed: 3 });
  });

  it('shows what only one of both decided', () => {
    const all = frames(50, 50, 50, 80, 80, 80, 50, 50, 50, 50);
    const right = unitOf(hot, all);
    const late = right.map((event) => (event.kind === 'ON' ? { ...event, t: event.t + 1000 } : event));
    const found = besideOf(hot, tail(all, 0), { events: late });
    expect(found).toMatchObject({
      agreed: 1,
      unitOnly: [{ t: 6000, kind: 'ON' }],
      replayOnly: [{ t: 5000 }],
    });
    expect(besideOf(hot, tail(all, 0), { events: [] }).replayOnly).toHaveLength(2);
    const twice = right.flatMap((event) => [event, event]);
    expect(besideOf(hot, tail(all, 0), { events: twice }).unitOnly).toHaveLength(2);
  });

  it('knows nothing of a rule on what is never quite forgotten, or on what the recording does not tell', () => {
    const all = frames(...Array.from({ length: 50 }, (_, i) => (i % 10 < 5 ? 90 : 10)));
    const smooth = formOf([['hi', 1, 70, 5]], {}, [
      ['in', 0],
      ['ewma', 0, 2],
    ]);
    expect(besideOf(smooth, tail(all, 0), { events: unitOf(smooth, all) })).toEqual({
      from: [null],
      agreed: 0,
      unitOnly: [],
      replayOnly: [],
    });
    expect(besideOf(hot, recordingOf([]), { events: [] })).toMatchObject({ from: [null], agreed: 0 });
  });

  it('takes an acknowledgement from the end that it brought', () => {
    const latched = formOf([['hi', 0, 70, 5]], { latch: 1 });
    const all = frames(50, 80, 80, 50, 50, 50, 50, 80, 50, 50);
    const events = unitOf(latched, all, { 5000: [0] });
    expect(events.map(({ kind }) => kind)).toEqual(['ON', 'RTN', 'OFF', 'ON', 'RTN']);
    expect(besideOf(latched, tail(all, 0), { events })).toMatchObject({
      agreed: 4,
      replayOnly: [],
    });
  });

  it('waits until it no longer matters where the unit was', () => {
    const alike = (form: unknown, all: readonly Plain[], from: number, counted: number) => {
      const found = besideOf(form, tail(all, from), { events: unitOf(form, all) });
      expect(found).toMatchObject({ agreed: counted, unitOnly: [], replayOnly: [] });
    };
    // Stuck since before: only a step that no anchor within the tolerance explains begins it anew.
    const stuck = formOf([['stuck', 0, 5, 3000]], {});
    alike(stuck, frames(100, 104, 98, 98, 98, 98, 120, 120, 120, 120, 120, 120), 1, 1);
    // Silence that came and went between two frames: the alarm of before begins to clear once more.
    const silent = formOf([['bad', 0]], { on: 3000, off: 7000 });
    const gaps = [-9000, -1, 0, 6000, 7000, 9000, 11_000, 13_000, 14_000, 15_000];
    const gone = gaps.map((t): Plain => ({ t, inputs: t < 0 ? {} : { t1: 1 } }));
    expect(unitOf(silent, gone).map(({ t, kind }) => [t, kind])).toEqual([
      [-6000, 'ON'],
      [13_000, 'OFF'],
    ]);
    alike(silent, gone, 2, 0);
    // Told before, silenced since: its end is told when that is over.
    const inhibited = {
      v: 1,
      in: [['t1', 0]],
      sig: [['in', 0]],
      cond: [
        ['hi', 0, 70, 0],
        ['lo', 0, 20, 0],
      ],
      rule: [
        { id: 'hot', c: 0, inh: [1] },
        { id: 'cold', c: 1 },
      ],
    };
    const swings = frames(50, 80, 10, 10, 50, 50, 80, 50, 50);
    expect(unitOf(inhibited, swings).map(({ t, rule, kind }) => [t, rule, kind])).toContainEqual([
      4000,
      0,
      'OFF',
    ]);
    alike(inhibited, swings, 2, 3);
  });
});
