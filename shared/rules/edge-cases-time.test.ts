import { describe } from 'vitest';
import { decideAlike, every100, hi, on, type Row, rules } from './edge-cases.fixture.ts';

// The cases that the model names, by their numbers. Those of compiler, agent and outbox stand with these.

const shifts = [2 ** 29, 2 ** 30, 2 ** 31, 2 ** 32, 1.7e12];
const hour = 3_600_000;
const stale = (ms: number) => ({ in: [['x', ms]], sig: [['in', 0]] });

const time: Row[] = [
  [
    '1 deadline exactly at a sample: false in that instant',
    { form: on([hi], { on: 100 }), steps: every100(100, 0), said: '' },
  ],
  [
    '1 deadline exactly at a sample: still true',
    { form: on([hi], { on: 100 }), steps: every100(100, 100), said: '100 ON' },
  ],
  [
    '2 false 1 ms before the deadline',
    {
      form: on([hi], { on: 100 }),
      steps: [
        [0, { x: 100 }],
        [99, { x: 0 }],
      ],
      said: '',
    },
  ],
  [
    '2 false 1 ms after the deadline',
    {
      form: on([hi], { on: 100 }),
      steps: [
        [0, { x: 100 }],
        [101, { x: 0 }],
      ],
      said: '100 ON, 101 OFF',
    },
  ],
  [
    '3 no delays at all',
    {
      form: on([hi]),
      steps: [
        [0, { x: 100 }],
        [1, { x: 0 }],
      ],
      said: '0 ON, 1 OFF',
    },
  ],
  [
    '3 on-delay only',
    {
      form: on([hi], { on: 5 }),
      steps: [
        [0, { x: 100 }],
        [9, { x: 0 }],
      ],
      said: '5 ON, 9 OFF',
    },
  ],
  [
    '3 off-delay only',
    { form: on([hi], { off: 5 }), steps: [[0, { x: 100 }], [1, { x: 0 }], [9]], said: '0 ON, 6 OFF' },
  ],
  [
    '4 on-delay interrupted by one false sample',
    { form: on([hi], { on: 150 }), steps: [...every100(100, 0, 100), [400]], said: '350 ON' },
  ],
  [
    '5 several rules due in the same ms: in order of their index',
    {
      form: on([hi], {}, rules({ on: 100 }, { on: 50, rep: 50 }, { on: 100 })),
      steps: [[0, { x: 100 }], [100]],
      said: '50#1 ON, 100 ON, 100#1 REP, 100#2 ON',
    },
  ],
  [
    '6 deadlines that follow from each other inside one gap',
    {
      form: on([hi], { on: 100, off: 100, unk: 0 }, stale(250)),
      steps: [[0, { x: 100 }], [10_000]],
      said: '100 ON, 350 OFF',
    },
  ],
  [
    '7 a gap of hours: reminders are bounded',
    {
      form: on([hi], { rep: 1000, rn: 3 }),
      steps: [[0, { x: 100 }], [9 * hour]],
      said: '0 ON, 1000 REP, 2000 REP, 3000 REP',
    },
  ],
  [
    '8 times that repeat and decrease',
    {
      form: on([hi]),
      steps: [
        [5, { x: 0 }],
        [5, { x: 100 }],
        [4, { x: 100 }],
        [6, { x: 0 }],
      ],
      said: '',
      late: 2,
    },
  ],
  [
    '9 empty frames anywhere',
    {
      form: on([hi], { on: 100 }),
      steps: [[0, { x: 100 }], [1], [99], [100], [101], [150, { x: 0 }]],
      said: '100 ON, 150 OFF',
    },
  ],
  ...shifts.map(
    (t): Row => [
      `10 the same, ${t} ms later`,
      {
        form: on([hi], { on: 100 }),
        steps: [
          [t, { x: 100 }],
          [t + 150, { x: 0 }],
        ],
        said: `${t + 100} ON, ${t + 150} OFF`,
      },
    ],
  ),
  [
    '35 asleep across a deadline',
    {
      form: on([hi], { on: 1000 }),
      steps: [
        [0, { x: 100 }],
        [hour, { x: 0 }],
      ],
      said: `1000 ON, ${hour} OFF`,
    },
  ],
];

describe('time', () => decideAlike(time));
