import { describe, expect, it } from 'vitest';
import { readDeviceForm } from './device-form.ts';
import { decideAlike, hi, on, type Row, rules, type Step } from './edge-cases.fixture.ts';
import { createEngine } from './engine.ts';
import type { RuleDecision } from './rule-machine.ts';

// The cases that the model names, by their numbers. Those of compiler, agent and outbox stand with these.

const latched = on([hi], { latch: 1 });
const both = [hi, ['hi', 1, 100, 0]];

const machine: Row[] = [
  [
    '30 an acknowledgement before it is normal again counts for nothing',
    { form: latched, steps: [[0, { x: 100 }], [1, {}, [0]], [2, { x: 0 }], [3]], said: '0 ON, 2 RTN' },
  ],
  [
    '30 acknowledged in the frame in which it returns',
    { form: latched, steps: [[0, { x: 100 }], [2, { x: 0 }, [0]], [3]], said: '0 ON, 2 RTN' },
  ],
  [
    '30 acknowledged and on again in one frame',
    {
      form: latched,
      steps: [
        [0, { x: 100 }],
        [1, { x: 0 }],
        [2, { x: 100 }, [0]],
      ],
      said: '0 ON, 1 RTN, 2 OFF, 2 ON',
    },
  ],
  [
    '30 an acknowledgement of a rule that is not there',
    {
      form: latched,
      steps: [
        [0, { x: 100 }],
        [1, { x: 0 }],
        [2, {}, [7]],
      ],
      said: '0 ON, 1 RTN',
    },
  ],
  [
    '33 a reboot: what was latched waits still',
    {
      form: latched,
      boot: [[['r0', 'LATCHED', 2]], []],
      steps: [
        [0, { x: 0 }],
        [1, {}, [0]],
      ],
      said: '1 OFF',
    },
  ],
  [
    '33 a reboot: what was on stays on until it is known to be over',
    {
      form: on([hi], { off: 5, unk: 0 }),
      boot: [[['r0', 'ACTIVE', 1]], []],
      steps: [[0], [9, { x: null }], [20, { x: 0 }], [30]],
      said: '25 OFF',
    },
  ],
  [
    '33 a reboot: it may be over before anybody was told',
    { form: on([hi]), boot: [[['r0', 'ACTIVE', 0]], []], steps: [[0, { x: 0 }]], said: '' },
  ],
  [
    '33 a reboot: shelved as long as was left',
    { form: on([hi]), boot: [[], [['r0', 50]]], steps: [[7, { x: 100 }], [99]], said: '57 ON' },
  ],
];

const group = (...groups: (number | undefined)[]) =>
  rules(...groups.map((grp, c) => (grp === undefined ? { c } : { c, grp })));
const groups: Row[] = [
  [
    '42 two in one pass: the lower index is the first',
    { form: on(both, {}, group(1, 1)), steps: [[0, { x: 100, y: 100 }]], said: '0 ON!, 0#1 ON' },
  ],
  [
    '42 the other came before: it is the first',
    {
      form: on(both, {}, group(1, 1)),
      steps: [
        [0, { y: 100 }],
        [1, { x: 100 }],
      ],
      said: '0#1 ON!, 1 ON',
    },
  ],
  [
    '42 each group has its own',
    { form: on(both, {}, group(1, 2)), steps: [[0, { x: 100, y: 100 }]], said: '0 ON!, 0#1 ON!' },
  ],
  [
    '42 no group, no first',
    { form: on(both, {}, group(undefined, 1)), steps: [[0, { x: 100, y: 100 }]], said: '0 ON, 0#1 ON!' },
  ],
  [
    '42 once all are over there is a first again',
    {
      form: on(both, {}, group(1, 1)),
      steps: [
        [0, { x: 100 }],
        [1, { x: 0, y: 100 }],
        [2, { y: 0 }],
        [3, { x: 100 }],
      ],
      said: '0 ON!, 1 OFF, 1#1 ON, 2#1 OFF, 3 ON!',
    },
  ],
  [
    '42 a first that is inhibited takes the mark along',
    {
      form: on(both, {}, rules({ c: 0, grp: 1, inh: [1] }, { c: 1 })),
      steps: [
        [0, { y: 100 }],
        [1, { x: 100 }],
        [2, { y: 0 }],
      ],
      said: '0#1 ON, 2 ON, 2#1 OFF',
    },
  ],
];

const second = 1000;
const minute = 60 * second;
const eight = 8 * 60 * minute;
const hour = 60 * minute;
/** Mondays, 8 to 17. */
const work = on([['week', 1, 480, 1020]], { unk: 0 });
const at = (...steps: [t: number, week: number | null | undefined][]): Step[] =>
  steps.map(([t, week]): Step => [t, week === undefined ? {} : { $week: week }]);
const clock: Row[] = [
  [
    '34 before the first setting it is unknown',
    { form: on([['week', 127, 0, 0]], { unk: 1 }), steps: at([5, undefined]), said: '5 ON' },
  ],
  [
    '34 it begins and ends by itself',
    {
      form: work,
      steps: at([0, eight - second], [24 * hour, undefined]),
      said: `${second} ON, ${second + 9 * hour} OFF`,
    },
  ],
  [
    '34 set back by an hour',
    { form: work, steps: at([0, eight], [second, eight - hour]), said: `0 ON, ${second} OFF` },
  ],
  [
    '34 set forward by an hour',
    { form: work, steps: at([0, eight - hour], [second, eight + second]), said: `${second} ON` },
  ],
  [
    '34 a leap second',
    {
      form: work,
      steps: at([0, eight - second], [second, eight - second], [5 * second, undefined]),
      said: `${2 * second} ON`,
    },
  ],
  [
    '34 synchronisation is lost',
    { form: work, steps: at([0, eight], [second, null]), said: `0 ON, ${second} OFF` },
  ],
  [
    '34 no timer is disturbed by it',
    {
      form: on([hi], { on: 100 }),
      steps: [
        [0, { x: 100, $week: eight }],
        [50, { $week: 0 }],
        [200, { $week: null }],
      ],
      said: '100 ON',
    },
  ],
  [
    '34 over midnight into another week',
    {
      form: on([['week', 64, 1380, 60]], { unk: 0 }),
      steps: at([0, 7 * 24 * hour - 2 * hour], [9 * hour, undefined]),
      said: `${hour} ON, ${3 * hour} OFF`,
    },
  ],
];

describe('acknowledgement and reboot', () => decideAlike(machine));
describe('first-out groups', () => decideAlike(groups));
describe('the wall clock', () => decideAlike(clock));

describe('rules that are changed, wrong, or run for long', () => {
  const engineWith = (rule: object, kept?: unknown) => {
    const engine = createEngine(on([hi], rule));
    if (kept !== undefined) engine.boot(kept);
    return engine;
  };

  it('31 changed while one is on or latched: that is taken over, by its id', () => {
    const before = engineWith({ latch: 1 });
    before.feed(0, { x: 100 });
    expect(engineWith({ latch: 1, on: 500 }, before.persist()).feed(0, { x: 100 })).toEqual([]);
    before.feed(1, { x: 0 });
    const after = engineWith({ latch: 1, on: 500 }, before.persist());
    expect(after.feed(0, {}, [0])).toEqual([{ t: 0, rule: 0, kind: 'OFF' }]);
    expect(engineWith({ id: 'other', latch: 1 }, before.persist()).feed(0, {}, [0])).toEqual([]);
  });

  it('31 changed while one is pending: it waits anew', () => {
    const before = engineWith({ on: 100 });
    before.feed(0, { x: 100 });
    expect(before.persist()).toEqual([[], []]);
  });

  const text = JSON.stringify(on([hi]));
  it.each([
    ['36 a comma too many', text.replace('}]}', '},]}')],
    ['36 an id that is there twice', JSON.stringify(on([hi], {}, rules({}, { id: 'r0' })))],
    ['37 a fraction', text.replace('100', '100.0')],
    ['37 an exponent', text.replace('100', '1e2')],
    ['37 a fraction where nothing is decided by it', JSON.stringify(on([hi], { sev: 1.5 }))],
    ['37 an action that the unit does not know', JSON.stringify(on([hi], { act: [['gpio', 4, 2]] }))],
    ['42 a rule that inhibits itself', JSON.stringify(on([hi], { inh: [0] }))],
    [
      '42 rules that inhibit each other',
      JSON.stringify(on([hi], {}, rules({ inh: [1] }, { inh: [2] }, { inh: [0] }))),
    ],
    ['42 a rule inhibited by one that is not there', JSON.stringify(on([hi], { inh: [1] }))],
  ])('%s is refused', (_, wrong) => {
    expect(() => readDeviceForm(wrong)).toThrow(expect.objectContaining({ code: 'RULES_INVALID' }));
  });

  it('36 a large rule set is read', () => {
    const many = Array.from({ length: 64 }, (_, i) => ({
      id: `rule-${i}`.padEnd(200, 'x'),
      inh: i > 0 ? [i - 1] : [],
    }));
    expect(readDeviceForm(JSON.stringify(on([hi], {}, rules(...many)))).rule).toHaveLength(64);
  });

  it('39 a million frames: nothing drifts, nothing grows', () => {
    const sig = [
      ['in', 0],
      ['ewma', 0, 4],
      ['avg', 0, 10_000, 100],
    ];
    const cond = [
      ['hi', 2, 0, 0],
      ['cnt', 0, 3, 5000],
    ];
    const engine = createEngine(on(cond, {}, { sig }));
    const rows = 1_000_000;
    const times = Float64Array.from({ length: rows }, (_, i) => 100 * (i + 1));
    const x = Int32Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? -7 : 7));
    const out: RuleDecision[] = [];
    engine.feedColumns({ times, samples: [x] }, out, 0, rows / 2);
    const early = engine.look();
    const { length } = engine.save();
    engine.feedColumns({ times, samples: [x] }, out, rows / 2);
    expect(engine.look().signals).toEqual(early.signals);
    expect(Math.abs(engine.save().length - length)).toBeLessThan(200);
  });
});
