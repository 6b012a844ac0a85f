import fc from 'fast-check';
import type { Case, ReplayFrame } from './replay.fixture.ts';

const top = 2 ** 31;
const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -300, max: 300 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 1, top, -top, 2 ** 30, -(2 ** 30)) },
);
const span = fc.constantFrom(1, 100, 500, 3000, 20_000);
const delay = fc.constantFrom(0, 0, 1, 100, 700, 3000);
const band = fc.constantFrom(0, 0, 1, 50, 400);
const cap = fc.integer({ min: 1, max: 9 });
const power = fc.integer({ min: 0, max: 6 });
const ref = (count: number) => fc.nat({ max: count - 1 });

type Entry = fc.Arbitrary<unknown[]>;

const signal = (index: number, inputs: number): Entry => {
  const input = fc.tuple(fc.constant('in'), ref(inputs));
  if (index === 0) return input;
  const s = ref(index);
  return fc.oneof(
    input,
    fc.tuple(fc.constant('ewma'), s, power),
    fc.tuple(fc.constantFrom('avg', 'min', 'max'), s, span, cap),
    fc.tuple(fc.constant('diff'), s, s),
  );
};

const condition = (index: number, signals: number): Entry => {
  const s = ref(signals);
  const first: Entry[] = [
    fc.tuple(fc.constantFrom('hi', 'lo'), s, value, band),
    fc.tuple(fc.constantFrom('hi', 'lo'), s, fc.integer({ min: -100, max: 100 }), band),
    fc.tuple(
      fc.constant('out'),
      s,
      fc.integer({ min: -200, max: 0 }),
      fc.integer({ min: 0, max: 200 }),
      band,
    ),
    fc.tuple(
      fc.constant('roc'),
      s,
      fc.constantFrom(0, 1, 100, 5000),
      span,
      fc.integer({ min: -1, max: 1 }),
      cap,
    ),
    fc.tuple(fc.constant('stuck'), s, fc.constantFrom(0, 1, 100), span),
    fc.tuple(fc.constant('bad'), s),
    fc.tuple(
      fc.constant('anom'),
      s,
      power,
      fc.constantFrom(0, 16, 64),
      fc.constantFrom(0, 1, 20),
      fc.nat({ max: 5 }),
      fc.nat({ max: 1 }),
    ),
  ];
  const minute = fc.constantFrom(0, 1, 480, 1020, 1439, 1440);
  first.push(fc.tuple(fc.constant('week'), fc.nat({ max: 127 }), minute, minute));
  if (index === 0) return fc.oneof(...first);
  const c = ref(index);
  return fc.oneof(
    ...first,
    fc.tuple(fc.constant('cnt'), c, fc.integer({ min: 1, max: 4 }), span),
    fc.tuple(fc.constantFrom('then', 'miss'), c, c, span),
    fc.tuple(fc.constant('not'), c),
    fc.tuple(fc.constant('nof'), fc.nat({ max: 4 }), fc.array(c, { maxLength: 4 })),
  );
};

const entries = (count: number, one: (index: number) => Entry) =>
  fc.tuple(...Array.from({ length: count }, (_, index) => one(index)));

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

const rule = (conditions: number) =>
  fc.record({
    c: ref(conditions),
    on: delay,
    off: delay,
    unk: fc.nat({ max: 2 }),
    latch: fc.nat({ max: 1 }),
    rep: fc.constantFrom(0, 0, 500, 4000),
    rn: fc.integer({ min: 1, max: 3 }),
    edge: maybe(fc.nat({ max: 1 })),
    grp: maybe(fc.integer({ min: 1, max: 2 })),
    smax: maybe(fc.constantFrom(1, 500, 3000, 2 ** 31)),
    inh: maybe(fc.array(fc.nat({ max: 4 }), { maxLength: 2 })),
  });

const rules = (conditions: number) =>
  fc.tuple(fc.array(rule(conditions), { minLength: 1, maxLength: 5 }), fc.boolean()).map(([many, upwards]) =>
    many.map(({ inh, ...each }, index) => {
      // Inhibited by later rules, or all by earlier ones: never in a circle.
      const others = inh?.filter((other) => (upwards ? other > index && other < many.length : other < index));
      const given = { id: `r${index}`, ...each, inh: others };
      return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    }),
  );

/** Any rule set of the device form, all operators in it. */
export const deviceForm: fc.Arbitrary<unknown> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 3 }),
    signals: fc.integer({ min: 1, max: 5 }),
    conditions: fc.integer({ min: 1, max: 7 }),
  })
  .chain(({ inputs, signals, conditions }) =>
    fc.record({
      v: fc.constant(1),
      in: fc.tuple(
        ...Array.from({ length: inputs }, (_, i) =>
          fc.tuple(fc.constant(`i${i}`), fc.constantFrom(0, 500, 5000)),
        ),
      ),
      sig: entries(signals, (index) => signal(index, inputs)),
      cond: entries(conditions, (index) => condition(index, signals)),
      rule: rules(conditions),
    }),
  );

const sample = fc.option(value, { freq: 6 });
const dayMs = 86_400_000;
const week = fc.constantFrom(0, 28_800_000 - 500, 28_800_000, dayMs - 1, 7 * dayMs - 1, 7 * dayMs, -1, null);
const shelve = fc.tuple(fc.nat({ max: 5 }), fc.constantFrom(-100, 0, 1, 499, 3000, 3_600_000));
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const frame = fc.record({
  // 0 and below: a frame that comes too late; long gaps: timers expire one after another.
  step: fc.constantFrom(-50, 0, 1, 1, 99, 100, 100, 500, 501, 3000, 100_000, 3_600_000, dayMs),
  inputs: fc.record({ i0: sample, i1: sample, i2: sample }, { requiredKeys: [] }),
  acknowledged: fc.array(fc.nat({ max: 5 }), { maxLength: 2 }),
  week: seldom(week),
  shelves: seldom(fc.array(shelve, { minLength: 1, maxLength: 2 })),
});
const offset = fc.constantFrom(0, 2 ** 29, 2 ** 30, 2 ** 31, 2 ** 32, 1.7e12);

const frames = (most: number): fc.Arbitrary<ReplayFrame[]> =>
  fc
    .tuple(offset, fc.array(frame, { minLength: 5, maxLength: most, size: most > 60 ? 'max' : 'small' }))
    .map(([start, many]) => {
      let t = start;
      return many.map(({ step, inputs, acknowledged, week: clock, shelves }): ReplayFrame => {
        t += step;
        const all = clock === undefined ? { ...inputs } : { ...inputs, $week: clock };
        const until = shelves?.map(([index, after]): [number, number] => [index, t + after]);
        return until ? [t, all, acknowledged, until] : [t, all, acknowledged];
      });
    });

const id = fc.nat({ max: 6 }).map((index) => `r${index}`);
/** What may have outlived a reboot. */
const booted = fc.tuple(
  fc.uniqueArray(fc.tuple(id, fc.constantFrom('ACTIVE', 'LATCHED', 'NORMAL'), fc.nat({ max: 2 })), {
    selector: ([name]) => name,
    maxLength: 4,
  }),
  fc.uniqueArray(fc.tuple(id, fc.integer({ min: 1, max: 5000 })), {
    selector: ([name]) => name,
    maxLength: 2,
  }),
);

/** A case of at most so many frames. */
export const caseOf = (most: number): fc.Arbitrary<Case> =>
  fc
    .record({
      form: deviceForm,
      frames: frames(most),
      boot: maybe(booted),
      split: fc.uniqueArray(fc.nat({ max: most - 1 }), { maxLength: 2 }),
    })
    .map(({ boot, ...rest }) => (boot === undefined ? rest : { ...rest, boot }));

export const anyCase: fc.Arbitrary<Case> = caseOf(60);
