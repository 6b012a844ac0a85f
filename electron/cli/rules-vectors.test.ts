import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { outputOf } from './output.ts';
import { rulesVectorsCommand } from './rules-vectors.ts';
import { runTerminal } from './terminal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-vectors-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function vectors(content: string | object[] | null, ...options: string[]) {
  const path = join(folder, 'vectors.jsonl');
  const lines = typeof content === 'string' ? content : content?.map((one) => JSON.stringify(one)).join('\n');
  if (lines !== undefined) await writeFile(path, lines);
  let stdout = '';
  let stderr = '';
  const output = outputOf(true, { write: (text) => (stdout += text) }, { write: (text) => (stderr += text) });
  const log = pino({ level: 'silent' });
  const { signal } = new AbortController();
  const asked = ['rules', 'vectors', path, '--json', ...options];
  const code = await runTerminal(asked, [rulesVectorsCommand], { output, log, signal });
  return { code, stdout, stderr, answer: stdout === '' ? null : JSON.parse(stdout) };
}

/** As published: an input within its signal, no ids, `latch` a truth. */
const published = {
  rs: {
    sig: [['in', 'x', 0]],
    cond: [['hi', 0, 100, 0]],
    rule: [{ c: 0, on: 0, off: 0, rep: 0, rn: 1, unk: 2, latch: true }],
  },
  fr: [
    [5, { x: 100 }, []],
    [5, { x: 0 }, []],
    [6, { x: 0 }, []],
    [7, {}, [0]],
  ],
  out: [
    [5, 0, 'ON'],
    [6, 0, 'RTN'],
    [7, 0, 'OFF'],
  ],
  late: 1,
};
/** The device form with a group, a shelving, and what outlived a reboot. */
const complete = {
  rs: {
    v: 1,
    in: [['x', 0]],
    sig: [['in', 0]],
    cond: [['hi', 0, 100, 0]],
    rule: [
      { id: 'a', c: 0, grp: 1 },
      { id: 'b', c: 0, edge: 1 },
    ],
  },
  boot: [[['b', 'ACTIVE', 1]], []],
  fr: [
    [5, {}, []],
    [6, { x: 100 }, [], [[1, 9]]],
    [7, { x: 0 }],
    [9, {}, []],
  ],
  out: [
    [6, 0, 'ON', 1],
    [7, 0, 'OFF'],
    [9, 1, 'OFF'],
  ],
  late: 0,
};

describe('plumb rules vectors', () => {
  it.each([[[]], [['--engine', 'python']], [['--engine', 'micropython']]])('agrees %s', async (options) => {
    const { code, answer } = await vectors([published, complete, published], ...options);
    expect(answer).toEqual({ sets: 3, frames: 12, differences: 0 });
    expect(code).toBe(0);
  });

  it.each<[string, object, string]>([
    ['another decision', { out: [[5, 0, 'ON']] }, 'set 2: decision 1 should be none, is [6,0,"RTN"]'],
    [
      'no decision',
      { out: [...published.out, [8, 0, 'ON']] },
      'set 2: decision 3 should be [8,0,"ON"], is none',
    ],
    ['other frames late', { late: 0 }, 'set 2: 0 frames should be late, 1 are'],
    ['rules that no engine takes', { rs: { ...published.rs, cond: [['nonsense', 0]] } }, 'set 2: refused: '],
  ])('names the first difference: %s', async (_, change, words) => {
    const wrong = { ...published, ...change };
    for (const options of [[], ['--engine', 'python']]) {
      const { code, answer, stderr } = await vectors([published, wrong, wrong], ...options);
      expect(code).toBe(1);
      expect(answer).toEqual({ sets: 3, frames: 12, differences: 2 });
      expect(stderr).toContain(words);
      expect(stderr).not.toContain('set 3');
    }
  });

  it('names the line that is no vector', async () => {
    const { code, stdout } = await vectors(`${JSON.stringify(published)}\n\n{"rs": 1}\n`);
    expect(code).toBe(1);
    expect(stdout).toContain('RULES_INVALID');
    expect(stdout).toContain('line 3');
  });

  it('refuses an engine that there is not', async () => {
    expect(await vectors([], '--engine', 'ruby')).toMatchObject({ code: 2 });
  });

  it('names a file that is not there', async () => {
    const { code, stdout } = await vectors(null);
    expect(code).toBe(1);
    expect(stdout).toContain('FILE_UNREADABLE');
  });

  it('says that there is no python3', async () => {
    vi.stubEnv('PATH', folder);
    const { stdout } = await vectors([published], '--engine', 'python');
    expect(stdout).toContain('PROGRAM_MISSING');
  });
});
