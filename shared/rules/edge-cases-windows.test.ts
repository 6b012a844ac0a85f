import { describe } from 'vitest';
import { decideAlike, every100, hi, on, type Row } from './edge-cases.fixture.ts';

// The cases that the model names, by their numbers. Those of compiler, agent and outbox stand with these.

const windows: Row[] = [
  [
    '21 a sample just leaves the window',
    {
      form: on(
        [hi],
        {},
        {
          sig: [
            ['in', 0],
            ['avg', 0, 100, 9],
          ],
        },
      ),
      steps: every100(0, 10),
      signals: [10, 10],
    },
  ],
  [
    '21 a sample is just still in the window',
    {
      form: on(
        [hi],
        {},
        {
          sig: [
            ['in', 0],
            ['avg', 0, 101, 9],
          ],
        },
      ),
      steps: every100(0, 10),
      signals: [10, 5],
    },
  ],
  [
    '22 the window is full',
    {
      form: on(
        [hi],
        {},
        {
          sig: [
            ['in', 0],
            ['max', 0, 9999, 2],
            ['min', 0, 9999, 2],
          ],
        },
      ),
      steps: every100(9, -9, 1, 2),
      signals: [2, 2, 1],
    },
  ],
  [
    '23 a rate of one sample is unknown',
    { form: on([['roc', 0, 0, 100, 0, 9]], { unk: 1 }), steps: [[0, { x: 5 }]], said: '0 ON' },
  ],
  [
    '23 a rate is not made of repeated moments',
    { form: on([['roc', 0, 1, 100, 0, 1]], { unk: 0 }), steps: every100(0, 900), said: '' },
  ],
  [
    '23 samples further apart than the span',
    {
      form: on([['roc', 0, 10, 100, 1, 9]]),
      steps: [
        [0, { x: 0 }],
        [1000, { x: 10 }],
        [2000, { x: 19 }],
      ],
      said: '1000 ON, 2000 OFF',
    },
  ],
  [
    '24 stuck without tolerance',
    { form: on([['stuck', 0, 0, 100]]), steps: every100(5, 5, 6), said: '100 ON, 200 OFF' },
  ],
  [
    '24 slow drift is not stuck',
    { form: on([['stuck', 0, 1, 250]]), steps: every100(0, 1, 2, 3, 4, 5, 6, 7), said: '' },
  ],
  [
    '24 one quantum of dither is',
    { form: on([['stuck', 0, 1, 250]]), steps: every100(5, 6, 5, 4), said: '300 ON' },
  ],
  [
    '25 nothing is unusual while it warms up',
    { form: on([['anom', 0, 2, 32, 1, 3, 0]], { unk: 0 }), steps: every100(5, 5, 900), said: '' },
  ],
  [
    '25 a constant signal has the floor for its deviation',
    {
      form: on([['anom', 0, 2, 32, 5, 2, 0]]),
      steps: every100(100, 100, 109, 100, 100, 112),
      said: '500 ON',
    },
  ],
  [
    '25 a step becomes usual where it is learned',
    {
      form: on([['anom', 0, 1, 32, 1, 2, 0]]),
      steps: every100(0, 0, 50, 50, 50, 50, 50, 50),
      said: '200 ON, 300 OFF',
    },
  ],
  [
    '25 and stays unusual where not',
    {
      form: on([['anom', 0, 1, 32, 1, 2, 1]]),
      steps: every100(0, 0, 50, 50, 50, 50, 50, 50),
      said: '200 ON',
    },
  ],
];

describe('windows and courses', () => decideAlike(windows));
