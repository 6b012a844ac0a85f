import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { anyCase } from './arbitrary.fixture.ts';
import { type Case, type End, play, replay, vectors } from './replay.fixture.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const python = spawn('python3', ['-B', path('fixtures/replay.py'), path('../../resources/agent')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
afterAll(async () => {
  python.stdin.end();
  await once(python, 'exit');
});

async function onTheUnit(given: Case): Promise<End | 'refused'> {
  python.stdin.write(`${JSON.stringify(given)}\n`);
  const { value } = await answers.next();
  return JSON.parse(String(value));
}

describe('the rule engine', () => {
  it('gives the published decisions, in the app and on the unit', async () => {
    const all = vectors();
    expect(all.length).toBe(100);
    for (const { given, expected } of all) {
      expect(replay(given)).toEqual(expected);
      expect(await onTheUnit(given)).toMatchObject(expected);
    }
  });

  it('decides alike in the app and on the unit', async () => {
    let decisions = 0;
    const alike = fc.asyncProperty(anyCase, async (given) => {
      const app = play(given);
      decisions += app.out.length;
      expect(await onTheUnit(given)).toEqual(app);
    });
    await fc.assert(alike, { numRuns: 500 });
    expect(decisions).toBeGreaterThan(1500);
  });

  it('refuses alike what is no rule set', async () => {
    const good = {
      v: 1,
      in: [['t1', 5000]],
      sig: [['in', 0]],
      cond: [['hi', 0, 5, 0]],
      rule: [{ id: 'a', c: 0 }],
    };
    const wrong: object[] = [
      { v: 2 },
      { extra: 1 },
      { in: [['t1', -1]] },
      { in: [['t1', 1.5]] },
      { sig: [['in', 1]] },
      { sig: [['median', 0]] },
      { cond: [['hi', 1, 5, 0]] },
      { cond: [['hi', 0, 5]] },
      { cond: [['hi', 0, 5, -1]] },
      { cond: [['hi', 0, 2 ** 31 + 1, 0]] },
      { cond: [['not', 0]] },
      { cond: [[]] },
      { rule: [{ id: 'a', c: 1 }] },
      { rule: [{ id: 'a', c: 0, on: '5' }] },
      { rule: [{ id: 'a', c: 0, grp: 0 }] },
      ...[1.5, true, '2', null, [], 2 ** 31 + 1].map((sev) => ({ rule: [{ id: 'a', c: 0, sev }] })),
      ...[[['gpio', 4, 2]], [['gpio', 4]], [['gpio', 4.5, 1]], [['mqtt', 1]], [['mail']], [[]], 7].map(
        (act) => ({
          rule: [{ id: 'a', c: 0, act }],
        }),
      ),
      {
        rule: [
          { id: 'a', c: 0 },
          { id: 'a', c: 0 },
        ],
      },
      { sig: [['in', 0], ...Array.from({ length: 8 }, (_, i) => ['diff', i, i])] },
    ];
    expect(await onTheUnit({ form: good, frames: [] })).toMatchObject({ out: [], late: 0 });
    for (const change of wrong) {
      const given: Case = { form: { ...good, ...change }, frames: [] };
      expect(await onTheUnit(given), JSON.stringify(change)).toBe('refused');
      expect(() => replay(given), JSON.stringify(change)).toThrow(
        expect.objectContaining({ code: 'RULES_INVALID' }),
      );
    }
  });
});
