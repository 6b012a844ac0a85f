import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideCommand } from './decide.ts';
import { intervalCommand } from './interval.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-decide-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function plumb(command: 'decide' | 'interval', request: string, json = true) {
  const path = join(folder, 'request.json');
  await writeFile(path, request);
  let stdout = '';
  const output = outputOf(json, { write: (text) => (stdout += text) }, { write: () => undefined });
  const asked = [command, path, ...(json ? ['--json'] : [])];
  const code = await runTerminal(asked, [decideCommand, intervalCommand], {
    output,
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
  });
  return { code, stdout };
}
const answered = async (command: 'decide' | 'interval', request: string): Promise<unknown> => {
  const { code, stdout } = await plumb(command, request);
  expect(code).toBe(0);
  return JSON.parse(stdout);
};

describe('plumb decide', () => {
  const given = '"error": 0.0400, "expandedUncertainty": "1.0E-2"';

  it('answers one JSON document', async () => {
    expect(await answered('decide', `{${given}, "tolerance": 0.05, "rule": "guard-band"}`)).toEqual({
      verdict: 'pass',
      acceptance: { lower: '-0.04', upper: '0.04' },
      tolerance: { lower: '-0.05', upper: '0.05' },
      guardBand: '0.01',
      testUncertaintyRatio: '5',
      conformanceProbability: '0.97724986805',
      specificRisk: '0.02275013195',
      riskAtAcceptanceLimit: '0.02275013195',
      statement: expect.stringContaining('Pass: error 0.0400,'),
      ruleStatement: expect.stringContaining('r = 1'),
      global: null,
    });
  });

  it('knows the risk over all units where the process is known', async () => {
    const request = (process: string) =>
      `{${given}, "tolerance": {"lower": "-0.04"}, "rule": {"rule": "simple"}, "process": ${process}}`;
    expect(await answered('decide', request('{"standardDeviation": "0.02", "mean": "0"}'))).toMatchObject({
      acceptance: { lower: '-0.04', upper: null },
      // Phi(2): in tolerance, accepted or not.
      global: { processStandardDeviation: '0.02' },
    });
    const { code, stdout } = await plumb('decide', request('{"inTolerance": "0.9"}'));
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ usage: { path: 'process.inTolerance' } });
  });

  it.each([
    ['error', '{"error": "1,5"}'],
    ['expandedUncertainty', `{"error": "0", "expandedUncertainty": "0", "tolerance": "1", "rule": "simple"}`],
    ['coverageFactor', `{${given}, "coverageFactor": "0.9", "tolerance": "1", "rule": "simple"}`],
    ['tolerance', `{${given}, "tolerance": "0", "rule": "simple"}`],
    ['tolerance', `{${given}, "tolerance": {}, "rule": "simple"}`],
    ['tolerance.upper', `{${given}, "tolerance": {"upper": "NaN"}, "rule": "simple"}`],
    ['tolerance.lower', `{${given}, "tolerance": {"lower": "2", "upper": "1"}, "rule": "simple"}`],
    ['rule', `{${given}, "tolerance": "1", "rule": "generous"}`],
    ['rule', `{${given}, "tolerance": "1"}`],
    ['rule.r', `{${given}, "tolerance": "1", "rule": {"rule": "simple", "r": "1"}}`],
    ['error', `{"error": "1e200", "expandedUncertainty": "1", "tolerance": "1", "rule": "simple"}`],
    ['error', `{"error": "1e-399", "expandedUncertainty": "1", "tolerance": "1", "rule": "simple"}`],
    ['error', `{"error": "0e0x", "expandedUncertainty": "1", "tolerance": "1", "rule": "simple"}`],
    ['rule.r', `{${given}, "tolerance": "1", "rule": {"rule": "guard-band", "r": "1e-399"}}`],
    ['process', `{${given}, "tolerance": "1", "rule": "simple", "process": {}}`],
    [
      'process.mean',
      `{${given}, "tolerance": "1", "rule": "simple", "process": {"inTolerance": 0.9, "mean": 0}}`,
    ],
  ])('names %s', async (path, request) => {
    const { code, stdout } = await plumb('decide', request);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ usage: { path, message: expect.any(String) } });
  });

  it('says it in words', async () => {
    const process = '"process": {"inTolerance": "0.95"}';
    const { stdout } = await plumb(
      'decide',
      `{${given}, "tolerance": 0.05, "rule": "non-binary", ${process}}`,
      false,
    );
    expect(stdout.split('\n')).toEqual([
      expect.stringContaining('Pass: error'),
      expect.stringContaining('Decision rule: Non-binary'),
      'Over all such units: falsely accepted 0.0001713193899, falsely rejected 0.07404996737.',
      '',
    ]);
  });
});

describe('plumb interval', () => {
  const points = '"asFound": [{"nominal": "50", "error": "0.01"}]';
  const history = `[{"date": "2024-03-01", "tolerance": "1", ${points}}, {"date": "2025-03-01", "tolerance": "1", ${points}}]`;

  it('answers by each method', async () => {
    expect(
      await answered('interval', '{"method": "a3", "calibrations": 20, "inTolerance": 15, "interval": 365}'),
    ).toMatchObject({ method: 'a3', interval: '230.8460462', rejectionConfidence: '0.9948521193' });
    expect(
      await answered(
        'interval',
        '{"method": "variables", "times": [100, 200, 300], "changes": ["0.1", "0.2", "0.3"], "limits": {"upper": 1}}',
      ),
    ).toMatchObject({ interval: '1000' });
    expect(
      await answered(
        'interval',
        '{"method": "staircase", "interval": 10, "largestError": "2", "tolerance": "1"}',
      ),
    ).toMatchObject({ interval: '5' });
    const groups =
      '[{"time": 1, "calibrations": 50, "inTolerance": 48}, {"time": 2, "calibrations": 50, "inTolerance": 45}]';
    expect(
      await answered('interval', `{"method": "s2", "groups": ${groups}, "targetReliability": 0.9}`),
    ).toMatchObject({
      method: 's2',
      interval: expect.stringMatching(/^[12]\./),
    });
  });

  it('answers by a history', async () => {
    const request = (method: string) => `{"method": "${method}", "intervalDays": 365, "history": ${history}}`;
    expect(await answered('interval', request('staircase'))).toMatchObject({
      intervalDays: 456,
      due: '2026-05-31',
    });
    expect(await answered('interval', request('a3'))).toMatchObject({
      interval: null,
      intervalDays: null,
      due: null,
    });
    const { stdout } = await plumb('interval', request('variables'), false);
    expect(stdout).toContain('Interval: none\nToo few');
  });

  it.each([
    ['method', '{"method": "guess"}'],
    ['method', '{}'],
    ['inTolerance', '{"method": "a3", "calibrations": 20, "interval": 365}'],
    [
      'targetReliability',
      '{"method": "a3", "calibrations": 9, "inTolerance": 9, "interval": 1, "targetReliability": 1}',
    ],
    [
      'groups.0.inTolerance',
      '{"method": "s2", "groups": [{"time": 1, "calibrations": 5, "inTolerance": 6}]}',
    ],
    ['limits', '{"method": "variables", "times": ["1"], "changes": ["1"]}'],
    ['history', '{"method": "fixed"}'],
    ['history.0.date', '{"method": "a3", "intervalDays": 1, "history": [{"date": "2025-02-30"}]}'],
    ['history', `{"method": "a3", "intervalDays": 1, "history": []}`],
    ['surprise', '{"method": "staircase", "interval": 1, "largestError": 1, "tolerance": 1, "surprise": 1}'],
  ])('names %s', async (path, request) => {
    const { code, stdout } = await plumb('interval', request);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ usage: { path, message: expect.any(String) } });
  });
});
