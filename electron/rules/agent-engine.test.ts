import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { anyCase } from '../../shared/rules/arbitrary.fixture.ts';
import { cases, type Frame, form } from './agent-engine-cases.fixture.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const python = spawn('python3', ['-B', path('agent-engine.fixture.py'), path('../../resources/agent')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
afterAll(async () => {
  python.stdin.end();
  await once(python, 'exit');
});

type Answer = { out: unknown[]; kept: unknown; state: string } & { refused?: string };

async function run(form: unknown, frames: Frame[], more: object = {}): Promise<Answer> {
  python.stdin.write(`${JSON.stringify({ form, frames, ...more })}\n`);
  const { value } = await answers.next();
  return JSON.parse(String(value));
}

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
