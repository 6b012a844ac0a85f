import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { anyCase } from '../../shared/rules/arbitrary.fixture.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const python = spawn('python3', ['-B', path('agent-engine.fixture.py'), path('../../resources/agent')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
afterAll(async () => {
  python.stdin.end();
  await once(python, 'exit');
});

type Frame = unknown[];
type Answer = { out: unknown[]; kept: unknown; state: string } & { refused?: string };

async function run(form: unknown, frames: Frame[], more: object = {}): Promise<Answer> {
  python.stdin.write(`${JSON.stringify({ form, frames, ...more })}\n`);
  const { value } = await answers.next();
  return JSON.parse(String(value));
}

/** Inputs a and b, each above 9 a condition; the rules are the case's. */
const form = (...rule: object[]) => ({
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

const cases: [name: string, form: object, frames: Frame[], out: unknown[]][] = [
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

describe('the engine of the unit', () => {
  it.each(cases)('%s', async (_name, given, frames, out) => {
    expect((await run(given, frames)).out).toEqual(out);
    expect((await run(given, frames, { split: true })).out).toEqual(out);
  });

  it.each([
    ['a group beyond 64', { grp: 65 }, {}],
    ['a rule that inhibits itself', { inh: [0] }, {}],
    ['a circle', { inh: [1] }, { inh: [0] }],
    ['nobody', { inh: [2] }, {}],
    ['an edge of 2', { edge: 2 }, {}],
    ['no shelving at all', { smax: 0 }, {}],
    ['what it does not know', { ghost: 1 }, {}],
  ])('refuses %s', async (_name, one, other) => {
    expect((await run(form(one, other), [])).refused).toBeTypeOf('string');
  });

  it('decides the same where its state is saved and taken up between any two frames', async () => {
    const alike = fc.asyncProperty(anyCase, async (given) => {
      const { form: rules, frames } = given;
      const whole = await run(rules, frames);
      expect(await run(rules, frames, { split: true })).toEqual(whole);
    });
    await fc.assert(alike, { numRuns: 150 });
  });

  it('writes its state as the app does, one text', async () => {
    const frames = [
      [5, { a: 20, $week: 9 }],
      [6, { b: null }, [], [[0, 50]]],
    ];
    const { state } = await run(form({ on: 9 }, { c: 1, edge: 1 }), frames);
    expect(state).toBe(
      '[1,"r",6,0,[5,9],[[20,null],[null,null]],[[1,1],[null,0]],[[1,1,0,0,5,0,0,50],[0,0,1,0,0,0,0,null]]]',
    );
  });

  it('keeps over a reboot what is active, latched, shelved, and what somebody still waits for', async () => {
    const rules = form({ off: 10 }, { latch: 1 }, { rep: 5, rn: 9 }, { c: 1, smax: 100 });
    const first = await run(rules, [
      [1, { a: 20, b: 0 }],
      [
        2,
        {},
        [],
        [
          [2, 90],
          [3, 1000],
        ],
      ],
      [3, { a: 0, b: 20 }],
      [8, {}],
    ]);
    expect(first.kept).toEqual([
      [
        ['r0', 'ACTIVE', 1],
        ['r1', 'LATCHED', 2],
        ['r2', 'NORMAL', 1],
        ['r3', 'ACTIVE', 0],
      ],
      [
        ['r2', 82],
        ['r3', 94],
      ],
    ]);
    // Nothing is known at first: what was active stays so, until it is known to be over.
    const again = await run(
      rules,
      [
        [1000, {}],
        [1001, { a: 0 }],
        [1002, {}, [1]],
        [1090, { b: 20 }],
        [1100, {}],
      ],
      { boot: first.kept },
    );
    expect(again.out).toEqual([
      [1002, 1, 'OFF'],
      [1011, 0, 'OFF'],
      [1082, 2, 'OFF'],
      [1094, 3, 'ON'],
    ]);
    expect(await run(rules, [[1, {}]], { boot: [[['gone', 'ACTIVE', 1]], [['gone', 5]]] })).toMatchObject({
      out: [],
      kept: [[], []],
    });
  });

  it('starts no reminder anew, and lets an edge rule that was active go on', async () => {
    const { out } = await run(
      form({ edge: 1, rep: 5, rn: 9 }),
      [
        [1, { a: 20 }],
        [50, {}],
        [51, { a: 0 }],
      ],
      {
        boot: [[['r0', 'ACTIVE', 1]], []],
      },
    );
    expect(out).toEqual([[51, 0, 'OFF']]);
  });
});
