import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgetCommand } from './budget.ts';
import { outputOf } from './output.ts';
import { statsCommand } from './stats.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-budget-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function plumb(command: 'budget' | 'stats', content: string, json = true) {
  const file = join(folder, 'request.json');
  await writeFile(file, content);
  let stdout = '';
  const output = outputOf(json, { write: (text) => (stdout += text) }, { write: () => undefined });
  const asked = [command, file, ...(json ? ['--json'] : [])];
  const code = await runTerminal(asked, [budgetCommand, statsCommand], {
    output,
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
  });
  return { code, stdout };
}

const budget = `{"sources": [
  {"name": "R", "value": 100.0000, "expanded": 0.010, "k": 1},
  {"name": "I", "value": "1e-3", "distribution": "rectangular", "halfWidth": "1e-7", "degreesOfFreedom": 50}],
  "model": "R*I", "unit": "V", "monteCarlo": {"seed": 4, "trials": 10000}}`;

describe('plumb budget', () => {
  it('answers one JSON document with the members that were promised', async () => {
    const { code, stdout } = await plumb('budget', budget);
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      value: '0.1',
      combinedStandardUncertainty: '0.0000115470053837925',
      effectiveDegreesOfFreedom: expect.stringMatching(/^\d+(\.\d+)?$/),
      coverageFactor: expect.any(String),
      expandedUncertainty: expect.any(String),
      contributions: [
        { name: 'R', contribution: '0.00001', share: '0.75' },
        { name: 'I', contribution: '0.00000577350269189626', share: '0.25' },
      ],
      monteCarlo: { seed: 4, trials: 10000 },
    });
    expect(answer.statement).toMatch(/^\(0\.100000 \+\/- 0\.000023\) V, /);
  });
  it('answers people with a table and the statement', async () => {
    const { code, stdout } = await plumb('budget', budget, false);
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(/\s+/)[0])).toEqual([
      'source',
      'R',
      'I',
      '(0.100000',
      '',
    ]);
  });
  it('names the member that is wrong, and ends with 2', async () => {
    const { code, stdout } = await plumb('budget', budget.replace('"1e-7"', '"-1e-7"'));
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      usage: { path: 'sources.1.halfWidth', message: 'must not be below zero' },
    });
  });
  it('documents its schema', () => {
    for (const member of [
      'sources',
      'correlations',
      'probability',
      'model',
      'halfWidth',
      'readings',
      'sensitivity',
    ]) {
      expect(budgetCommand.help).toContain(member);
    }
  });
});

describe('plumb stats', () => {
  it('answers with every digit of numbers written as numbers', async () => {
    const { code, stdout } = await plumb('stats', '{"readings": [10000000.2, "10000000.1", 10000000.3]}');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      n: 3,
      mean: '10000000.2',
      standardDeviation: '0.1',
      standardError: '0.0577350269189626',
      lag1Autocorrelation: '-0.5',
      effectiveN: '3',
    });
  });
  it('names the member that is wrong, and ends with 2', async () => {
    const { code, stdout } = await plumb('stats', '{"readings": ["1", null]}');
    expect(code).toBe(2);
    expect(JSON.parse(stdout).usage.path).toBe('readings.1');
  });
});
