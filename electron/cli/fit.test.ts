import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestModels } from '../../shared/metrology/metrology.ts';
import { fitCommand } from './fit.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-fit-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function plumbFit(request: string, json: boolean) {
  const path = join(folder, 'request.json');
  await writeFile(path, request);
  let stdout = '';
  let stderr = '';
  const output = outputOf(json, { write: (text) => (stdout += text) }, { write: (text) => (stderr += text) });
  const log = pino({ level: 'silent' });
  const { signal } = new AbortController();
  const asked = ['fit', path, ...(json ? ['--json'] : [])];
  const code = await runTerminal(asked, [fitCommand], { output, log, signal });
  return { code, stdout, stderr };
}

const line = '{"model": "line", "x": ["1", "2", "3"], "y": ["2.0", "4.1", "6.0"], "predict": ["2.5"]}';

describe('plumb fit', () => {
  it('answers one JSON document', async () => {
    const { code, stdout } = await plumbFit(line, true);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'line',
      coefficients: [
        { name: 'b0', value: '0.0333333333333333' },
        { name: 'b1', value: '2' },
      ],
      degreesOfFreedom: 1,
      residuals: ['-0.0333333333333333', '0.0666666666666667', '-0.0333333333333333'],
      predictions: [{ x: '2.5', value: '5.03333333333333' }],
    });
  });

  it('answers people in lines', async () => {
    const { code, stdout } = await plumbFit(line, false);
    expect(code).toBe(0);
    expect(stdout).toContain('b1 = 2, u = 0.0577350269189626');
    expect(stdout).toContain('x = 2.5, value = 5.03333333333333');
  });

  it('keeps every digit of JSON numbers', async () => {
    const request = '{"model": "two-point", "digits": 40, "x": [0, 1], "y": [0.10000000000000000000001, 1]}';
    expect(JSON.parse((await plumbFit(request, true)).stdout)).toMatchObject({
      coefficients: [{ value: '0.10000000000000000000001' }, { value: '0.89999999999999999999999' }],
    });
  });

  it('ends with 2 and the member where the request is wrong', async () => {
    const { code, stdout } = await plumbFit('{"model": "line", "x": ["1", "2,5"], "y": ["1", "2"]}', true);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ usage: { path: 'x.1', message: expect.stringContaining('comma') } });
    const words = await plumbFit('{"model": "line"}', false);
    expect(words).toMatchObject({ code: 2, stderr: 'plumb: x: is missing\n' });
  });

  it('ends with 1 and a failure where the readings do not determine the model', async () => {
    const { code, stdout } = await plumbFit('{"model": "line", "x": ["1", "1"], "y": ["1", "2"]}', true);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ failure: { code: 'FIT_IMPOSSIBLE' } });
  });

  it('documents every model', () => {
    for (const { name } of requestModels) expect(fitCommand.help).toContain(`\n  ${name}: `);
  });
});
