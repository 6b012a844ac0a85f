import { describe } from 'vitest';
import { decideAlike, every100, hi, on, type Row, rules } from './edge-cases.fixture.ts';

// The cases that the model names, by their numbers. Those of compiler, agent and outbox stand with these.

const stale = (ms: number) => ({ in: [['x', ms]], sig: [['in', 0]] });

const values: Row[] = [
  [
    '12 exactly at the limit, at the end of the dead-band, beyond it',
    { form: on([hi]), steps: every100(99, 100, 90, 89), said: '100 ON, 300 OFF' },
  ],
  ['12 no dead-band', { form: on([['hi', 0, 100, 0]]), steps: every100(100, 99), said: '0 ON, 100 OFF' }],
  [
    '12 a dead-band larger than the limit',
    { form: on([['hi', 0, 100, 400]]), steps: every100(100, -300, -301), said: '0 ON, 200 OFF' },
  ],
  [
    '12 lo and out, mirrored',
    {
      form: on(
        [
          ['lo', 0, -5, 2],
          ['out', 0, -5, 5, 2],
        ],
        {},
        rules({ c: 0 }, { c: 1 }),
      ),
      steps: every100(-5, -6, -3, -2),
      said: '0 ON, 100#1 ON, 200#1 OFF, 300 OFF',
    },
  ],
  ['13 begins inside the dead-band', { form: on([hi]), steps: every100(95, 99, 95), said: '' }],
  [
    '14 negative values through every division',
    {
      form: on(
        [hi],
        {},
        {
          sig: [
            ['in', 0],
            ['ewma', 0, 2],
            ['avg', 0, 1000, 9],
          ],
        },
      ),
      steps: every100(-1, -2, -2),
      signals: [-2, -1, -2],
    },
  ],
  [
    '15 average of odd sums: halves upwards',
    {
      form: on(
        [hi],
        {},
        {
          sig: [
            ['in', 0],
            ['avg', 0, 1000, 9],
          ],
        },
      ),
      steps: every100(1, 2),
      signals: [2, 2],
    },
  ],
  [
    '15 average of odd sums below zero',
    {
      form: on(
        [hi],
        {},
        {
          sig: [
            ['in', 0],
            ['avg', 0, 1000, 9],
          ],
        },
      ),
      steps: every100(-1, -2),
      signals: [-2, -1],
    },
  ],
  [
    '15 -1 // 2 in a weighted mean',
    {
      form: on(
        [hi],
        {},
        {
          sig: [
            ['in', 0],
            ['ewma', 0, 9],
          ],
        },
      ),
      steps: every100(0, -1),
      signals: [-1, 0],
    },
  ],
  ...[0, 200].map(
    (from): Row => [
      `15 a weighted mean settles at 100 from ${from}`,
      {
        form: on(
          [hi],
          {},
          {
            sig: [
              ['in', 0],
              ['ewma', 0, 4],
            ],
          },
        ),
        steps: every100(from, ...Array.from({ length: 200 }, () => 100)),
        signals: [100, 100],
      },
    ],
  ),
  ...[2 ** 31, 2 ** 30, 0, -(2 ** 30), -(2 ** 31)].map(
    (x): Row => [
      `16 ${x} at its own limit, in a mean and in a difference`,
      {
        form: on(
          [
            ['hi', 0, x, 0],
            ['lo', 0, x, 0],
          ],
          {},
          {
            sig: [
              ['in', 0],
              ['ewma', 0, 1],
              ['in', 1],
              ['diff', 0, 2],
            ],
            ...rules({}, { c: 1 }),
          },
        ),
        steps: [[0, { x, y: -x }]],
        said: '0 ON, 0#1 ON',
        signals: [x, x, 0 - x, 2 * x],
      },
    ],
  ),
];

const unknowns = [0, 1, 2] as const;
/** Of the policies 0 false, 1 true, 2 as last known. */
const without = (name: string, rule: object, steps: (number | null)[], said: readonly string[]): Row[] =>
  unknowns.map(
    (unk): Row => [
      `18 no value ${name}, policy ${unk}`,
      { form: on([hi], { ...rule, unk }), steps: [...every100(...steps), [1000]], said: said[unk] ?? '' },
    ],
  );

const missing: Row[] = [
  ...without('at first', {}, [null], ['', '0 ON', '']),
  ...without('while pending', { on: 200 }, [100, null], ['', '200 ON', '200 ON']),
  ...without('while active', {}, [100, null], ['0 ON, 100 OFF', '0 ON', '0 ON']),
  ...without('while clearing', { off: 200 }, [100, 0, null], ['0 ON, 300 OFF', '0 ON', '0 ON, 300 OFF']),
  ...without(
    'while latched',
    { latch: 1 },
    [100, 0, null],
    ['0 ON, 100 RTN', '0 ON, 100 RTN, 200 ON', '0 ON, 100 RTN'],
  ),
  [
    '19 stale in the same ms as a good sample',
    { form: on([hi], { unk: 0 }, stale(100)), steps: every100(100, 100, 100), said: '0 ON' },
  ],
  [
    '19 stale one ms before a good sample',
    { form: on([hi], { unk: 0 }, stale(99)), steps: every100(100, 100), said: '0 ON, 99 OFF, 100 ON' },
  ],
  ['19 never stale', { form: on([hi], { unk: 0 }, stale(0)), steps: [[0, { x: 100 }], [1e9]], said: '0 ON' }],
  [
    '20 means and windows go on after a bad value',
    {
      form: on(
        [hi],
        {},
        {
          sig: [
            ['in', 0],
            ['ewma', 0, 1],
            ['max', 0, 1000, 9],
          ],
        },
      ),
      steps: every100(100, null, 0),
      signals: [0, 50, 100],
    },
  ],
  [
    '20 a rate goes on after a bad value',
    { form: on([['roc', 0, 10, 1000, 1, 9]]), steps: every100(0, null, 2), said: '200 ON' },
  ],
  [
    '20 what is stuck starts anew after a bad value',
    { form: on([['stuck', 0, 0, 200]]), steps: every100(5, null, 5, 5, 5), said: '400 ON' },
  ],
  [
    '20 what is unusual stays known after a bad value',
    { form: on([['anom', 0, 2, 32, 1, 2, 0]]), steps: every100(5, 5, null, 50), said: '300 ON' },
  ],
];

describe('values', () => decideAlike(values));
describe('bad and missing values', () => decideAlike(missing));
