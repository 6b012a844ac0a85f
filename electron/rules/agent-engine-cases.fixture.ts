/** A frame as the engine takes it: time, inputs, rules acknowledged, rules shelved. */
export type Frame = unknown[];

/** Inputs a and b, each above 9 a condition; the rules are the case's. */
export const form = (...rule: object[]) => ({
  v: 1,
  in: [
    ['a', 0],
    ['b', 0],
  ],
  sig: [
    ['in', 0],
    ['in', 1],
  ],
  cond: [
    ['hi', 0, 10, 0],
    ['hi', 1, 10, 0],
  ],
  rule: rule.map((each, index) => ({ id: `r${index}`, c: 0, ...each })),
});
const monday = 0;
const hour = 3_600_000;

/** Rules of one option each: what is decided on a few frames. */
export const cases: [name: string, form: object, frames: Frame[], out: unknown[]][] = [
  [
    'edge: begins only once it was false',
    form({ edge: 1 }, {}),
    [
      [1, { a: 20 }],
      [2, { a: null }],
      [3, { a: 0 }],
      [4, { a: 20 }],
    ],
    [
      [1, 1, 'ON'],
      [3, 1, 'OFF'],
      [4, 0, 'ON'],
      [4, 1, 'ON'],
    ],
  ],
  [
    'edge: an unknown that counts as true is none yet',
    form({ edge: 1, unk: 1 }),
    [
      [1, { a: null }],
      [2, { a: 0 }],
      [3, { a: null }],
    ],
    [[3, 0, 'ON']],
  ],
  [
    'first-out: the lowest index in the same pass, and only where the group was silent',
    form({ c: 1, grp: 5 }, { grp: 5 }, { grp: 5 }, { grp: 6 }),
    [
      [1, { a: 20, b: 0 }],
      [2, { b: 20 }],
      [3, { a: 0 }],
      [4, { b: 0 }],
      [5, { a: 20, b: 20 }],
    ],
    [
      [1, 1, 'ON', 1],
      [1, 2, 'ON'],
      [1, 3, 'ON', 1],
      [2, 0, 'ON'],
      [3, 1, 'OFF'],
      [3, 2, 'OFF'],
      [3, 3, 'OFF'],
      [4, 0, 'OFF'],
      [5, 0, 'ON', 1],
      [5, 1, 'ON'],
      [5, 2, 'ON'],
      [5, 3, 'ON', 1],
    ],
  ],
  [
    'first-out: a latched rule is still of its group',
    form({ grp: 1, latch: 1 }, { c: 1, grp: 1 }),
    [
      [1, { a: 20, b: 0 }],
      [2, { a: 0 }],
      [3, { b: 20 }],
      [4, { b: 0 }, [0]],
      [5, { b: 20 }],
    ],
    [
      [1, 0, 'ON', 1],
      [2, 0, 'RTN'],
      [3, 1, 'ON'],
      [4, 0, 'OFF'],
      [4, 1, 'OFF'],
      [5, 1, 'ON', 1],
    ],
  ],
  [
    'inhibit: nobody hears of what began and ended behind it',
    form({ inh: [1] }, { c: 1 }),
    [
      [1, { b: 20 }],
      [2, { a: 20 }],
      [3, { a: 0 }],
      [4, { b: 0 }],
    ],
    [
      [1, 1, 'ON'],
      [4, 1, 'OFF'],
    ],
  ],
  [
    'inhibit: what still holds when it ends is told then, what ended meanwhile too',
    form({ inh: [2], c: 0 }, { inh: [2], c: 0, latch: 1, on: 5 }, { c: 1 }),
    [
      [1, { a: 20, b: 0 }],
      [2, { b: 20 }],
      [7, {}],
      [9, { b: 0 }],
      [10, { b: 20 }],
      [11, { a: 0 }],
      [12, { b: 0 }],
      [13, {}, [1]],
    ],
    [
      [1, 0, 'ON'],
      [2, 2, 'ON'],
      [9, 1, 'ON'],
      [9, 2, 'OFF'],
      [10, 2, 'ON'],
      [12, 0, 'OFF'],
      [12, 1, 'RTN'],
      [12, 2, 'OFF'],
      [13, 1, 'OFF'],
    ],
  ],
  [
    'inhibit: in the pass in which both begin, the inhibited one is silent',
    form({ inh: [1] }, {}),
    [
      [1, { a: 20 }],
      [2, { a: 0 }],
    ],
    [
      [1, 1, 'ON'],
      [2, 1, 'OFF'],
    ],
  ],
  [
    'shelve: until its moment, reminders too; told at the end',
    form({ rep: 10, rn: 9 }),
    [
      [1, { a: 20 }],
      [
        5,
        {},
        [],
        [
          [0, 40],
          [7, 9],
        ],
      ],
      [100, {}],
    ],
    [
      [1, 0, 'ON'],
      [41, 0, 'REP'],
      [51, 0, 'REP'],
      [61, 0, 'REP'],
      [71, 0, 'REP'],
      [81, 0, 'REP'],
      [91, 0, 'REP'],
    ],
  ],
  [
    'shelve: no longer than smax; a moment that is past ends it',
    form({ smax: 10 }, {}),
    [
      [
        1,
        {},
        [],
        [
          [0, 1000],
          [1, 1000],
        ],
      ],
      [2, { a: 20 }],
      [20, {}],
      [30, {}, [], [[1, 30]]],
    ],
    [
      [11, 0, 'ON'],
      [30, 1, 'ON'],
    ],
  ],
  [
    'schedule: within the minutes of its days, unknown while the clock is',
    {
      ...form({ c: 2, unk: 0 }, { c: 3 }, { c: 2, unk: 1 }),
      cond: [
        ['hi', 0, 1, 0],
        ['hi', 0, 1, 0],
        ['week', 1, 480, 600],
        ['week', 64, 1380, 60],
      ],
    },
    [
      [1, {}],
      [10, { $week: monday }],
      [20 * hour, {}],
      [24 * 7 * hour, {}],
      [24 * 7 * hour + 1, { $week: null }],
    ],
    [
      [1, 2, 'ON'],
      [10, 1, 'ON'],
      [10, 2, 'OFF'],
      [10 + hour, 1, 'OFF'],
      [10 + 8 * hour, 0, 'ON'],
      [10 + 8 * hour, 2, 'ON'],
      [10 + 10 * hour, 0, 'OFF'],
      [10 + 10 * hour, 2, 'OFF'],
      [10 + 167 * hour, 1, 'ON'],
      [24 * 7 * hour + 1, 2, 'ON'],
    ],
  ],
];
