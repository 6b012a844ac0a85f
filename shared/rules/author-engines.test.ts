import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyRules, channels } from './author.fixture.ts';
import { compileRules } from './compile.ts';
import { readDeviceForm } from './device-form.ts';
import { type Case, play, type ReplayFrame } from './replay.fixture.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const sample = fc.option(
  fc.integer({ min: -20, max: 120 }).map((degrees) => degrees * 1000),
  { freq: 7 },
);
const inputs = fc.record({ t1: sample, all: sample, p1: sample }, { requiredKeys: [] });
const step = fc.constantFrom(100, 500, 1000, 1000, 3000, 60_000, 600_000);
const frames = fc.array(fc.tuple(step, inputs), { minLength: 60, maxLength: 120 }).map((many) => {
  let t = 0;
  return many.map(([ms, values], i): ReplayFrame => {
    t += ms;
    return [t, i === 0 ? { ...values, $week: 28_000_000 } : { ...values }, i % 7 === 6 ? [0, 1] : []];
  });
});

it('rules of the author form decide alike in the app and on the unit', () => {
  const cases = fc
    .sample(fc.tuple(anyRules, frames), { numRuns: 400, seed: 20_261_122 })
    .flatMap(([rules, given]): Case[] => {
      const compiled = compileRules(rules, channels);
      return 'text' in compiled ? [{ form: readDeviceForm(compiled.text), frames: given }] : [];
    });
  const { stdout, status } = spawnSync(
    'python3',
    ['-B', path('fixtures/replay.py'), path('../../resources/agent')],
    {
      input: cases.map((each) => `${JSON.stringify(each)}\n`).join(''),
      encoding: 'utf8',
      maxBuffer: 2 ** 27,
    },
  );
  expect(status).toBe(0);
  const unit = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const app = cases.map(play);
  expect(unit).toEqual(app);
  expect(app.flatMap(({ out }) => out).length).toBeGreaterThan(200);
});
