import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** What the fixture found for one of its cases, on a file system of its own. */
async function tried(...what: string[]): Promise<Record<string, unknown>> {
  return ran('agent-cuts.fixture.py', ...what);
}

async function ran(fixture: string, ...what: string[]): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-cuts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const words = [path(fixture), path('../../resources/agent'), folder, ...what];
  const { stdout } = await promisify(execFile)('python3', ['-B', ...words], { timeout: 120_000 });
  return JSON.parse(stdout);
}

describe('what the agent keeps', () => {
  it('of its rules is whole after a power cut at any byte', async () => {
    const { wrong, cuts } = await tried('keeper');
    expect(wrong).toEqual([]);
    expect(cuts).toBeGreaterThan(300);
  }, 120_000);

  it('for the broker is all there after a power cut at any byte, in order', async () => {
    const { wrong, cuts } = await tried('outbox');
    expect(wrong).toEqual([]);
    expect(cuts).toBeGreaterThan(1000);
  }, 120_000);

  it('for the broker is named where it had to be given up: summaries first, no stored alarm', async () => {
    const { known, missing, lost, outside, left } = await tried('room');
    expect(known).toEqual({ alarms: (missing as number[])[0], summaries: (missing as number[])[1] });
    expect((missing as number[]).every((count) => count > 0)).toBe(true);
    expect(lost).toBe((missing as number[]).reduce((sum, count) => sum + count));
    expect(outside).toEqual([]);
    expect(left).toBe(0);
  });

  it('never gives one number to two starts, not even where it cannot be written down', async () => {
    const { starts } = await tried('starts');
    const [first, second, ...rest] = starts as number[];
    const uncounted = rest.slice(0, 3);
    expect([first, second, rest[3]]).toEqual([1, 2, 3]);
    expect(new Set(uncounted).size).toBe(3);
    expect(Math.min(...uncounted)).toBeGreaterThanOrEqual(40_000_000);
    // Names of segments have eight digits for it.
    expect(Math.max(...uncounted)).toBeLessThan(100_000_000);
  });

  it('comes, in order, or is named, whatever happens at random', async () => {
    const { wrong, cuts } = await ran('agent-queue-fuzz.fixture.py', '0', '300');
    expect(wrong).toEqual([]);
    expect(cuts).toBeGreaterThan(50);
  }, 120_000);
});
