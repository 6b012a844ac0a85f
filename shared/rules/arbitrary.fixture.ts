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

const rules = (conditions: number) =>
  fc
    .array(
      fc.record({
        c: ref(conditions),
        on: delay,
        off: delay,
        unk: fc.nat({ max: 2 }),
        latch: fc.nat({ max: 1 }),
        rep: fc.constantFrom(0, 0, 500, 4000),
        rn: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((many) => many.map((rule, index) => ({ id: `r${index}`, ...rule })));

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
const frame = fc.record({
  // 0 and below: a frame that comes too late; long gaps: timers expire one after another.
  step: fc.constantFrom(-50, 0, 1, 1, 99, 100, 100, 500, 501, 3000, 100_000, 3_600_000),
  inputs: fc.record({ i0: sample, i1: sample, i2: sample }, { requiredKeys: [] }),
  acknowledged: fc.array(fc.nat({ max: 5 }), { maxLength: 2 }),
});
const offset = fc.constantFrom(0, 2 ** 29, 2 ** 30, 2 ** 31, 2 ** 32, 1.7e12);

const frames: fc.Arbitrary<ReplayFrame[]> = fc
  .tuple(offset, fc.array(frame, { minLength: 5, maxLength: 60 }))
  .map(([start, many]) => {
    let t = start;
    return many.map(({ step, inputs, acknowledged }): ReplayFrame => {
      t += step;
      return [t, { ...inputs }, acknowledged];
    });
  });

export const anyCase: fc.Arbitrary<Case> = fc.record({ form: deviceForm, frames });
