import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Finding, Fix } from '../../../shared/contract/doctor.ts';
import { diagnose } from './doctor.ts';
import { factsWith } from './facts.fixture.ts';
import { offer, type Step } from './fix.ts';
import { repair } from './repair.ts';
import { ada, debian, makeTree, ruleSource } from './tree.fixture.ts';

const facts = factsWith();
const fixes = (['install-udev-rule', 'join-group'] as const).flatMap((id) => offer(id, facts) ?? []);
const findings = fixes.map(
  (fix): Finding => ({ id: 'permission', state: 'problem', evidence: 'closed', remedy: 'open it', fix }),
);
const { signal } = new AbortController();

async function outcome({ yes = true, isRoot = true, fails = '' }) {
  const asked: string[] = [];
  const run: Step[] = [];
  const results = await repair(findings, facts, {
    ask: async ({ id }: Fix) => {
      asked.push(id);
      return yes;
    },
    isRoot,
    run: async (step) => {
      run.push(step);
      if (step.program === fails) throw new Error(`${fails}: no\nsuch thing`);
    },
    signal,
  });
  return { asked, run: run.map(({ program }) => program), results };
}

describe('a fix', () => {
  test('is asked for, each by itself, and done with the steps of the table only', async () => {
    const { asked, run, results } = await outcome({});
    expect(asked).toEqual(['install-udev-rule', 'join-group']);
    expect(run).toEqual(['install', 'udevadm', 'udevadm', 'usermod']);
    expect(results.map((result) => result.outcome)).toEqual(['done', 'done']);
  });

  test('that is refused changes nothing and leaves its command', async () => {
    const { run, results } = await outcome({ yes: false });
    expect(run).toEqual([]);
    expect(results).toEqual(fixes.map((fix) => ({ ...fix, outcome: 'refused', detail: '' })));
  });

  test('without root is not even asked for', async () => {
    const { asked, run, results } = await outcome({ isRoot: false });
    expect([asked, run]).toEqual([[], []]);
    expect(results.map((result) => [result.outcome, result.command])).toEqual(
      fixes.map(({ command }) => ['needs-root', command]),
    );
  });

  test('that fails stops at the step that failed, says why, and the next one is still asked for', async () => {
    const { run, results } = await outcome({ fails: 'install' });
    expect(run).toEqual(['install', 'usermod']);
    expect(results.map(({ outcome: end, detail }) => [end, detail])).toEqual([
      ['failed', 'install: no such thing'],
      ['done', ''],
    ]);
  });
});

test('Ctrl-C at the question ends everything, and nothing is done', async () => {
  const stop = new AbortController();
  const run: Step[] = [];
  const repairing = repair(findings, facts, {
    ask: async () => {
      stop.abort();
      return true;
    },
    isRoot: true,
    run: async (step) => void run.push(step),
    signal: stop.signal,
  });
  await expect(repairing).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(run).toEqual([]);
});

test('the rule is installed for good, once for all ports, and everything is looked at again', async () => {
  const base = await makeTree(debian);
  const bin = join(base, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'udevadm'), `#!/bin/sh\necho "$@" >> ${join(base, 'told')}\n`);
  await chmod(join(bin, 'udevadm'), 0o755);
  const path = process.env.PATH ?? '';
  onTestFinished(() => {
    process.env.PATH = path;
  });
  process.env.PATH = `${bin}:${path}`;
  const asked: string[] = [];
  const port = { kind: 'serial', looksLike: 'unit' } as const;
  const diagnosis = await diagnose({
    ruleSource,
    openPort: () => Promise.reject(new Error('nothing is to be opened')),
    greet: async () => null,
    signal,
    list: async () => ['/dev/ttyACM8', '/dev/ttyACM9'].map((name) => ({ ...port, port: name })),
    base,
    platform: 'linux',
    identity: { ...ada, uid: 0 },
    fix: {
      ask: async ({ command }) => {
        asked.push(command);
        return true;
      },
    },
  });
  const installed = join(base, 'etc/udev/rules.d/60-plumbline.rules');
  expect(await readFile(installed, 'utf8')).toBe(await readFile(ruleSource, 'utf8'));
  expect(await readFile(join(base, 'told'), 'utf8')).toBe(
    'control --reload\ntrigger --subsystem-match=tty\n',
  );
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain(`install -D -m 644 ${ruleSource} ${installed}`);
  expect(diagnosis.fixes.map(({ outcome: end }) => end)).toEqual(['done']);
  const rule = diagnosis.reports.map(({ findings: all }) => all.find(({ id }) => id === 'udev-rule')?.state);
  expect(rule).toEqual(['ok', 'ok']);
});
