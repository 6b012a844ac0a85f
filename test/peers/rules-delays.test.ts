import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine } from '../../shared/rules/rules.ts';
import { needs } from '../needs.ts';
import { temporaryFolder } from './terminal.ts';

/*
 * Prometheus knows on-delay (`for`) and off-delay (`keep_firing_for`) too, and its promtool evaluates rules on given
 * series. Its evaluations are the frames here: a sample that is left out leaves the value as it is, one that is stale
 * is a bad sample, which a rule with `unk` 0 takes for false.
 */

const rules = 20;
const series = 12;
const steps = 80;
const stepMs = 1000;

/** A sample of a series: whole, none in this step, or bad. */
type Sample = number | 'none' | 'bad';

interface Scene {
  limits: { limit: number; on: number; off: number }[];
  samples: Sample[][];
}

function sceneOf(start: number): Scene {
  let seed = start;
  const below = (count: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return Math.floor((seed / 2_147_483_647) * count);
  };
  const limits = Array.from({ length: rules }, () => ({
    limit: below(10),
    on: [0, 0, 1, 2, 3, 5, 9][below(7)] ?? 0,
    off: [0, 0, 1, 2, 3, 5, 9][below(7)] ?? 0,
  }));
  const sample = (): Sample => {
    const chance = below(12);
    return chance === 0 ? 'none' : chance === 1 ? 'bad' : below(10);
  };
  // Some of them linger, so that long delays come to their end.
  const run = (lingers: number): Sample[] => {
    let last: Sample = below(10);
    return Array.from({ length: steps }, () => {
      if (below(lingers) === 0) last = sample();
      return last;
    });
  };
  return { limits, samples: Array.from({ length: series }, (_, s) => run(1 + (s % 6))) };
}

/** By rule and step, the series that are on. */
function decided({ limits, samples }: Scene): number[][][] {
  const on = limits.map(() => Array.from({ length: steps }, (): number[] => []));
  for (const [s, row] of samples.entries()) {
    const engine = createEngine({
      v: 1,
      in: [['x', 0]],
      sig: [['in', 0]],
      cond: limits.map(({ limit }) => ['hi', 0, limit, 0]),
      rule: limits.map(({ on: after, off }, c) => ({
        id: `r${c}`,
        c,
        on: after * stepMs,
        off: off * stepMs,
        unk: 0,
      })),
    });
    const active = new Set<number>();
    for (const [step, x] of row.entries()) {
      const inputs = x === 'none' ? {} : { x: x === 'bad' ? null : x };
      for (const { rule, kind } of engine.feed(step * stepMs, inputs)) {
        if (kind === 'ON') active.add(rule);
        else active.delete(rule);
      }
      for (const rule of active) on[rule]?.[step]?.push(s);
    }
  }
  return on;
}

const text = (x: Sample): string => (x === 'none' ? '_' : x === 'bad' ? 'stale' : String(x));

/** Rules and tests as promtool reads them; JSON is YAML too. */
function files({ limits, samples }: Scene, on: number[][][]): { rules: object; tests: object } {
  const alerts = limits.map(({ limit, on: after, off }, rule) => ({
    alert: `r${rule}`,
    expr: `x >= ${limit}`,
    for: `${after}s`,
    keep_firing_for: `${off}s`,
  }));
  const checks = on.flatMap((byStep, rule) =>
    byStep.map((firing, step) => ({
      eval_time: `${step}s`,
      alertname: `r${rule}`,
      exp_alerts: firing.map((s) => ({ exp_labels: { s: String(s) } })),
    })),
  );
  return {
    rules: { groups: [{ name: 'all', interval: '1s', rules: alerts }] },
    tests: {
      rule_files: ['rules.yml'],
      evaluation_interval: '1s',
      tests: [
        {
          interval: '1s',
          input_series: samples.map((row, s) => ({
            series: `x{s="${s}"}`,
            values: row.map(text).join(' '),
          })),
          alert_rule_test: checks,
        },
      ],
    },
  };
}

needs('promtool')('on-delay and off-delay, beside Prometheus', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  /** What promtool says against it; nothing where it agrees. */
  async function promtool(scene: Scene, on: number[][][]): Promise<string> {
    const made = files(scene, on);
    await writeFile(join(folder.path, 'rules.yml'), JSON.stringify(made.rules));
    await writeFile(join(folder.path, 'tests.yml'), JSON.stringify(made.tests));
    return new Promise((resolve, reject) => {
      const options = { cwd: folder.path, timeout: 60_000, maxBuffer: 50_000_000 };
      execFile('promtool', ['test', 'rules', 'tests.yml'], options, (error, stdout, stderr) => {
        if (error && error.code !== 1) reject(error);
        else resolve(error ? `${stdout}${stderr}` : '');
      });
    });
  }

  it.each([1, 2, 3])('are the same at each of 19,200 rules, series and moments (scene %i)', async (seed) => {
    const scene = sceneOf(seed);
    const on = decided(scene);
    // Enough happens, and both ends of it.
    const firing = on.flat(2).length;
    expect(firing).toBeGreaterThan(2000);
    expect(firing).toBeLessThan(15_000);
    expect(await promtool(scene, on)).toBe('');
  });

  it('would be told if one moment were otherwise', async () => {
    const scene = sceneOf(4);
    const on = decided(scene);
    on[7]?.[40]?.splice(0, 1, series);
    expect(await promtool(scene, on)).toMatch(/alertname: r7, time: 40s/);
  });
});
