import fc from 'fast-check';
import { type AuthorCondition, type AuthorSource, dayNames } from '../contract/author.ts';
import { AuthorRule } from '../contract/validate.ts';

export const channels = [
  { id: 't1', quantum: '0.001', unit: 'degC', min: '-20', max: '120', staleMs: 2000 },
  { id: 'all', quantum: '0.001', unit: 'degC', min: '-20', max: '120', staleMs: 1500 },
  { id: 'p1', quantum: '0.05', unit: 'bar', staleMs: 0 },
];

const duration = fc.constantFrom('500ms', '1s', '30s', '5min', '1h', '1500ms');
const optional = <T>(name: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((v) => (v === undefined ? {} : { [name]: v }));
const merged = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object);

const sensor = fc.constantFrom('t1', 'all', 'p1');
const smoothing = fc.oneof(
  fc.constant({}),
  fc.record({ smooth: fc.constantFrom('light' as const, 'medium' as const, 'heavy' as const, 3) }),
  fc.record({ average: duration }),
  fc.record({ lowest: duration, samples: fc.integer({ min: 1, max: 256 }) }),
  fc.record({ highest: duration }),
);
const simple = merged(fc.record({ sensor }), optional('stale', duration), smoothing);
const source = fc.oneof(
  { weight: 3, arbitrary: simple },
  {
    weight: 1,
    arbitrary: merged(fc.record({ sensor: fc.constant('t1'), minus: fc.constant('all') }), smoothing),
  },
  { weight: 1, arbitrary: merged(fc.record({ sensor: simple, minus: simple }), smoothing) },
) as fc.Arbitrary<AuthorSource>;

const value = fc.constantFrom('70.0', '-5', '0.25', '12.5', '110', '30.00');
const width = fc.constantFrom('0.5', '1', '0.05', '2.5');
const rate = fc.constantFrom('rising', 'falling', 'changing').chain((key) =>
  merged(
    fc.record({
      [key]: fc.constantFrom('180', '3600', '0.25', '36'),
      per: fc.constantFrom('s', 'min', 'h'),
      over: duration,
    }),
    optional('points', fc.integer({ min: 2, max: 20 })),
  ),
);
const test = fc.oneof(
  merged(fc.record({ above: value }), optional('deadband', width)),
  merged(fc.record({ below: value }), optional('deadband', width)),
  merged(
    fc.record({ outside: fc.constantFrom(['10', '20.5'], ['-5', '70'], ['20', '10']) }),
    optional('deadband', width),
  ),
  rate,
  merged(fc.record({ stuck: duration }), optional('tolerance', width)),
  fc.constant({ silent: true }),
  merged(
    fc.record({ unusual: fc.constantFrom('6', '4.5', '0.0625') }),
    optional('floor', width),
    optional('memory', fc.nat({ max: 12 })),
    optional('warmUp', fc.nat({ max: 300 })),
    optional('learn', fc.constantFrom('normal', 'always')),
  ),
);
const during = fc.record({
  during: fc.record({
    days: fc.subarray([...dayNames], { minLength: 1 }),
    from: fc.constantFrom('00:00', '08:30', '22:00'),
    to: fc.constantFrom('06:15', '17:00', '24:00'),
  }),
});

const negation = fc.constantFrom({}, {}, { not: true });
const { condition } = fc.letrec<{ condition: AuthorCondition }>((tie) => {
  const many = fc.array(tie('condition'), { minLength: 1, maxLength: 3 });
  const inner = tie('condition');
  const compound = fc.oneof(
    fc.record({ all: many }),
    fc.record({ any: many }),
    fc.record({ atLeast: fc.integer({ min: 1, max: 3 }), among: many }),
    fc.record({ times: fc.integer({ min: 1, max: 5 }), within: duration, of: inner }),
    fc.record({ first: inner, followedBy: inner, within: duration }),
    fc.record({ first: inner, without: inner, within: duration }),
    during,
  );
  return {
    condition: fc.oneof(
      { maxDepth: 2 },
      merged(source, test, negation),
      merged(compound, negation),
    ) as fc.Arbitrary<AuthorCondition>,
  };
});

const id = (index: number) => `rule-${index}`;
const rule = (index: number, count: number) =>
  merged(
    fc.record({ id: fc.constant(id(index)), when: condition }),
    optional('title', fc.constantFrom('Over-temperature', 'A "quoted" title #1', 'Ünit')),
    optional('for', duration),
    optional('clearAfter', duration),
    optional('ifNoData', fc.constantFrom('clear', 'fire', 'keep')),
    optional('severity', fc.constantFrom('low', 'medium', 'high')),
    optional('needsAck', fc.constant(true)),
    optional('remind', fc.record({ every: duration, times: fc.integer({ min: 1, max: 9 }) })),
    optional('onlyOnCrossing', fc.constant(true)),
    optional('firstOut', fc.constantFrom('group-1', 'group-2')),
    optional(
      'inhibitedBy',
      fc
        .oneof({ weight: 9, arbitrary: fc.nat({ max: Math.max(0, index - 1) }) }, fc.nat({ max: count - 1 }))
        .map((n) => [id(n)]),
    ),
    optional('shelveAtMost', duration),
    optional('actions', fc.constant([{ output: 4, level: 1 }])),
  ).map((raw) => AuthorRule.parse(raw));

/** Any rules of the author form. */
export const anyRules = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => rule(index, count))));
