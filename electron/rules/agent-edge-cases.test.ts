import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The edge cases of the rule model that are not the engine's, but the agent's around it. */
describe('edge cases of the agent', () => {
  let folder: string;
  let came: Record<string, unknown>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-edge-'));
    const given = ['-B', path('agent-edge-cases.fixture.py'), path('../../resources/agent')];
    const { stdout } = await promisify(execFile)('python3', [...given, join(folder, 'unit')]);
    came = JSON.parse(stdout) as Record<string, unknown>;
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('11 the tick counter wraps while a timer runs, and again and again', () => {
    expect(came['11']).toEqual({ out: [[6000, 0, 'ON']], 'after wraps': true });
  });

  it('32 the power fails between ON and its publish: the next start sends it, under the same name', () => {
    const on = { boot: 1, seq: 1, t: 5, rule: 'r', kind: 'ON' };
    expect(came['32']).toEqual([on, [on], []]);
  });

  it('40 a log that ends in mid-record, and logs of two starts one after the other', () => {
    expect(came['40']).toMatchObject({ wrong: [] });
    expect(came['40']).toHaveProperty('cuts', expect.any(Number));
  });

  it('41 a storm of alarms: each is kept, summaries make room and are named', () => {
    expect(came['41']).toEqual({
      alarms: 6000,
      'in order': true,
      summaries: 600,
      'given up': ['summaries'],
      ram: 0,
    });
  });
});
