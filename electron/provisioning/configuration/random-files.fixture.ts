import fc from 'fast-check';
import { deviceForm } from '../../../shared/rules/arbitrary.fixture.ts';
import { calibrationOf, channelOf, configOf, rulesOf } from './bench-unit.fixture.ts';

const few = <T>(...values: T[]) => fc.constantFrom(...values);
const often = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight = 9) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });
const plate = fc.string({ unit: 'grapheme', maxLength: 20 });
const odd = few('', '{', '\u{feff}{}', '{"v":1,"v":1}', '[]', 'null', '['.repeat(40), '\u{0}');

const channel = fc.record({
  adc: often(few(26, 27, 28), few<number>(999, -1), 19),
  quantum: few('0.001', '0.01'),
  oversample: often(fc.integer({ min: 1, max: 8 }), few(0, 257), 19),
  stale_ms: fc.integer({ min: 0, max: 10_000 }),
});
const soundConfig = fc
  .record({
    version: fc.integer({ min: 1, max: 1000 }),
    tag: often<unknown>(plate, few<unknown>(5, null, 'x'.repeat(61)), 19),
    asset: plate,
    location: plate,
    period_ms: often(fc.integer({ min: 200, max: 60_000 }), few(5, 0.5), 19),
    channels: fc.array(channel, { minLength: 1, maxLength: 3 }),
    site: fc.jsonValue({ maxDepth: 1 }),
  })
  .chain(({ channels, ...more }) =>
    fc
      .tuple(few<string | number | undefined>(undefined, 1, '\t'), few('', '\n', ' '))
      .map(([indent, end]) => {
        const named = channels.map((each, n) => channelOf({ ...each, id: `t${n + 1}` }));
        const compact = JSON.parse(configOf({ ...more, channels: named })) as unknown;
        return `${JSON.stringify(compact, null, indent)}${end}`;
      }),
  );
const calibration = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer(), fc.integer({ min: 0, max: 20 }))
  .map((line) => calibrationOf(...line));
const rules = often(
  fc.integer({ min: -50_000, max: 50_000 }).map((on) => rulesOf(on)),
  deviceForm.map((form) => JSON.stringify(form)),
);
/** What a snapshot may hold: mostly what the agent can use, now and then what it cannot. */
export const anyFiles = fc.record({
  'config.json': often(soundConfig, odd),
  'calibration.json': often(calibration, few(calibrationOf(2 ** 60, 0, 0), '{"v":1}'), 9),
  'rules.json': often<string | null>(rules, few(rulesOf(1, 'nothere'), null), 9),
});
