import { describe } from 'vitest';
import { decideAlike, every100, hi, on, type Row, type Step } from './edge-cases.fixture.ts';

// The cases that the model names, by their numbers. Those of compiler, agent and outbox stand with these.

/** Conditions a: x is high, b: y is high, and one on both. */
const of = (entry: unknown[], rule: object = {}): object =>
  on([['hi', 0, 100, 0], ['hi', 1, 100, 0], entry], rule);
const [up, down] = [100, 0];
const both = (...steps: [x: number | null, y: number | null][]): Step[] =>
  steps.map(([x, y], i): Step => [100 * i, { x, y }]);

const sequences: Row[] = [
  [
    '26 one edge is enough, until it is over',
    { form: of(['cnt', 0, 1, 150]), steps: [[0, { x: up }], [500]], said: '0 ON, 150 OFF' },
  ],
  [
    '26 from unknown to true is an edge',
    { form: of(['cnt', 0, 2, 1000]), steps: every100(up, null, up), said: '200 ON' },
  ],
  [
    '26 the oldest edge leaves exactly when the window ends',
    { form: of(['cnt', 0, 2, 200]), steps: every100(up, down, up), said: '' },
  ],
  [
    '26 and is in it one ms before',
    { form: of(['cnt', 0, 2, 201]), steps: [...every100(up, down, up), [300]], said: '200 ON, 201 OFF' },
  ],
  [
    '27 b before a',
    { form: of(['then', 0, 1, 1000]), steps: both([down, down], [down, up], [up, up], [up, down]), said: '' },
  ],
  [
    '27 a and b in one frame',
    { form: of(['then', 0, 1, 1000]), steps: both([down, down], [up, up]), said: '' },
  ],
  [
    '27 b in time, to the ms',
    { form: of(['then', 0, 1, 100]), steps: both([up, down], [up, up], [up, down]), said: '100 ON, 200 OFF' },
  ],
  ['27 b one ms too late', { form: of(['then', 0, 1, 99]), steps: both([up, down], [up, up]), said: '' }],
  [
    '27 a twice: the later counts',
    {
      form: of(['then', 0, 1, 100]),
      steps: both([up, down], [down, down], [up, down], [up, up]),
      said: '300 ON',
    },
  ],
  [
    '27 b is true already when a rises',
    { form: of(['then', 0, 1, 100]), steps: both([down, up], [up, up], [up, up]), said: '' },
  ],
  [
    '27 no b, by its deadline',
    {
      form: of(['miss', 0, 1, 150]),
      steps: [...both([up, down]), [500], [600, { y: up }]],
      said: '150 ON, 600 OFF',
    },
  ],
  [
    '27 b exactly at the deadline is in time',
    { form: of(['miss', 0, 1, 100]), steps: both([up, down], [up, up], [up, down]), said: '' },
  ],
  [
    '27 nothing is missing where b holds',
    { form: of(['miss', 0, 1, 100]), steps: both([up, up], [up, up], [up, down], [up, down]), said: '' },
  ],
  ['28 more than there are', { form: of(['nof', 3, [0, 1]]), steps: both([up, up]), said: '' }],
  [
    '28 none of them, with all unknown',
    { form: of(['nof', 0, [0, 1]]), steps: both([null, null]), said: '0 ON' },
  ],
  [
    '28 a member that is there twice',
    { form: of(['nof', 2, [0, 0]]), steps: both([up, down]), said: '0 ON' },
  ],
  [
    '28 all unknown is unknown',
    { form: of(['nof', 1, [0, 1]], { unk: 1 }), steps: both([null, null]), said: '0 ON' },
  ],
  [
    '28 enough hold, whatever the unknown one is',
    { form: of(['nof', 1, [0, 1]]), steps: both([up, null]), said: '0 ON' },
  ],
  [
    '28 not enough can hold any more',
    { form: of(['nof', 2, [0, 1]], { unk: 1 }), steps: both([down, null]), said: '' },
  ],
  [
    '29 not of unknown is unknown, taken as true',
    { form: of(['not', 0], { unk: 1 }), steps: both([null, down]), said: '0 ON' },
  ],
  [
    '29 not of unknown is unknown, taken as false',
    { form: of(['not', 0], { unk: 0 }), steps: both([null, down]), said: '' },
  ],
  [
    '38 a frame with one of two inputs',
    {
      form: on(
        [['hi', 2, 50, 0]],
        {},
        {
          sig: [
            ['in', 0],
            ['in', 1],
            ['diff', 0, 1],
          ],
        },
      ),
      steps: [
        [0, { x: 100 }],
        [1, { y: 60 }],
        [2, { y: 50 }],
      ],
      said: '2 ON',
    },
  ],
  [
    '38 the value of the other may be bad meanwhile',
    {
      form: on(
        [['hi', 2, 50, 0]],
        { unk: 0 },
        {
          sig: [
            ['in', 0],
            ['in', 1],
            ['diff', 0, 1],
          ],
        },
      ),
      steps: [
        [0, { x: 100, y: 0 }],
        [1, { y: null }],
        [2, { x: 90 }],
        [3, { y: 1 }],
      ],
      said: '0 ON, 1 OFF, 3 ON',
    },
  ],
  [
    '36 inputs in another order',
    {
      form: on([hi, ['hi', 1, 100, 0], ['nof', 2, [0, 1]]]),
      steps: [
        [0, { y: 100, x: 100 }],
        [1, { x: 0, y: 0 }],
      ],
      said: '0 ON, 1 OFF',
    },
  ],
];

describe('conditions on conditions, and several inputs', () => decideAlike(sequences));
