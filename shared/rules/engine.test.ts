import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from './arbitrary.fixture.ts';
import { readDeviceForm } from './device-form.ts';
import { createEngine } from './engine.ts';
import { type ReplayFrame, replay } from './replay.fixture.ts';

const form = (cond: unknown[][], rule: object = {}, stale = 0) => ({
  v: 1,
  in: [['x', stale]],
  sig: [['in', 0]],
  cond,
  rule: [{ id: 'r', c: cond.length - 1, ...rule }],
});
const hi = [['hi', 0, 100, 10]];

/** Samples at 0, 100, 200 ms and so on; a dash is a frame without a sample, `null` a bad one. */
const run = (given: object, samples: (number | null | '-')[], acks: Record<number, number[]> = {}): string =>
  replay({
    form: given,
    frames: samples.map((x, i): ReplayFrame => [100 * i, x === '-' ? {} : { x }, acks[i] ?? []]),
  })
    .out.map(([t, , kind]) => `${t} ${kind}`)
    .join(', ');

describe('a threshold', () => {
  const table: [string, object, (number | null | '-')[], string][] = [
    ['fires at the limit itself', form(hi), [99, 100], '100 ON'],
    ['holds down to the dead-band', form(hi), [100, 90, 89], '0 ON, 200 OFF'],
    ['starts false inside the dead-band', form(hi), [95, 99], ''],
    [
      'starts false inside the dead-band after a bad value',
      form(hi, { unk: 0 }),
      [100, null, 95],
      '0 ON, 100 OFF',
    ],
    ['below: mirrored', form([['lo', 0, -100, 10]]), [-99, -100, -90, -89], '100 ON, 300 OFF'],
    ['turned round', form([...hi, ['not', 0]]), [100, 89, 100], '100 ON, 200 OFF'],
  ];
  it.each(table)('%s', (_, given, samples, expected) => {
    expect(run(given, samples)).toBe(expected);
  });
});

describe('on-delay and off-delay', () => {
  const table: [string, object, (number | null | '-')[], string][] = [
    ['fires by itself when the delay is over', form(hi, { on: 150 }), [100, '-', '-'], '150 ON'],
    ['starts anew after one false sample', form(hi, { on: 150 }), [100, 0, 100, '-', '-'], '350 ON'],
    ['does not fire when it turns false in that instant', form(hi, { on: 100 }), [100, 0], ''],
    ['fires at its very end', form(hi, { on: 100 }), [100, 100], '100 ON'],
    ['clears after the off-delay', form(hi, { off: 150 }), [100, 0, '-', '-'], '0 ON, 250 OFF'],
    ['stays on when it comes back', form(hi, { off: 150 }), [100, 0, 100, 0, '-', '-'], '0 ON, 450 OFF'],
  ];
  it.each(table)('%s', (_, given, samples, expected) => {
    expect(run(given, samples)).toBe(expected);
  });
});

describe('no data', () => {
  it.each([
    [0, '0 ON, 150 OFF'],
    [1, '0 ON'],
    [2, '0 ON'],
  ])('policy %i once the value is stale', (unk, expected) => {
    expect(run(form(hi, { unk }, 150), [100, '-', '-'])).toBe(expected);
  });

  it('is not stale at a good sample in the same instant', () => {
    expect(run(form(hi, { unk: 0 }, 100), [100, 100, 100])).toBe('0 ON');
  });
});

describe('latch and reminders', () => {
  const latched = form(hi, { latch: 1 });
  it('waits for the acknowledgement', () => {
    expect(run(latched, [100, 0, 0, 0], { 3: [0] })).toBe('0 ON, 100 RTN, 300 OFF');
  });
  it('ignores one that comes before, and one for another rule', () => {
    expect(run(latched, [100, 0, 0], { 0: [0], 2: [7] })).toBe('0 ON, 100 RTN');
  });
  it('fires at once out of the latched state', () => {
    expect(run(form(hi, { latch: 1, on: 50 }), [100, 0, 100])).toBe('50 ON, 100 RTN, 200 ON');
    expect(run(form(hi, { latch: 1, on: 100 }), [100, 100, 0, 100])).toBe('100 ON, 200 RTN, 300 ON');
  });
  it('repeats as often as allowed, however long the gap', () => {
    const engine = createEngine(form(hi, { rep: 1000, rn: 3 }));
    engine.feed(0, { x: 100 });
    expect(engine.feed(3_600_000, {}).map(({ t, kind }) => `${t} ${kind}`)).toEqual([
      '1000 REP',
      '2000 REP',
      '3000 REP',
    ]);
  });
});

describe('time', () => {
  it('that does not increase is refused and counted', () => {
    const engine = createEngine(form(hi));
    expect(engine.feed(5, { x: 0 })).toEqual([]);
    expect(engine.feed(5, { x: 100 })).toEqual([]);
    expect(engine.feed(4, { x: 100 })).toEqual([]);
    expect(engine.late).toBe(2);
  });

  it('decides the same whenever it starts', () => {
    const shifted = fc.property(
      anyCase,
      fc.constantFrom(2 ** 29, 2 ** 30, 2 ** 31, 2 ** 32, 1.7e12),
      (given, by) => {
        const later = given.frames.map(
          ([t, inputs, acks, shelves]): ReplayFrame => [
            t + by,
            inputs,
            acks,
            shelves?.map(([rule, until]): [number, number] => [rule, until + by]) ?? [],
          ],
        );
        const expected = replay(given).out.map(([t, ...rest]) => [t + by, ...rest]);
        expect(replay({ ...given, frames: later }).out).toEqual(expected);
      },
    );
    fc.assert(shifted, { numRuns: 300 });
  });

  it('decides the same however often it is asked', () => {
    const asked = fc.property(anyCase, fc.array(fc.nat({ max: 4000 }), { maxLength: 30 }), (given, steps) => {
      const sorted = given.frames.filter(([t], i) =>
        given.frames.slice(0, i).every(([before]) => before < t),
      );
      const empty = sorted.flatMap((frame, i): ReplayFrame[] => {
        const after = frame[0] + 1 + (steps[i] ?? 0);
        const next = sorted[i + 1]?.[0] ?? Number.POSITIVE_INFINITY;
        return after < next ? [frame, [after, {}, []]] : [frame];
      });
      const last = sorted.at(-1)?.[0] ?? 0;
      const until = ({ out }: ReturnType<typeof replay>) => out.filter(([t]) => t <= last);
      expect(until(replay({ ...given, frames: empty }))).toEqual(until(replay({ ...given, frames: sorted })));
    });
    fc.assert(asked, { numRuns: 300 });
  });
});

describe('a rule file', () => {
  const text = JSON.stringify(form(hi));
  it('is read', () => {
    expect(readDeviceForm(text).rule[0]?.id).toBe('r');
  });
  it.each([text.replace('100', '100.0'), text.replace('100', '1e2'), text.replace('100', '010'), '{', '[]'])(
    'is refused: %s',
    (wrong) => {
      expect(() => readDeviceForm(wrong)).toThrow(expect.objectContaining({ code: 'RULES_INVALID' }));
    },
  );
  it('may have digits and points in its names', () => {
    expect(readDeviceForm(text.replace('"r"', '"a1.5e3"')).rule[0]?.id).toBe('a1.5e3');
  });
});
