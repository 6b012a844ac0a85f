import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHost } from '../../electron/host/host.ts';
import { noConnection } from '../../shared/contract/connection.ts';
import type { QueueState } from '../../shared/contract/queue.ts';
import { Recipe } from '../../shared/contract/recipe.ts';
import { needs } from '../needs.ts';
import { type PluggedUnits, plugIn } from './plugged-units.ts';
import { demoRecipe, type Ended, plumb, root, startPlumb, temporaryFolder } from './terminal.ts';

interface Answer {
  verdict: string;
  units: {
    port: string;
    unit: string | null;
    tag: string | null;
    verdict: string | null;
    doneBefore: boolean;
    failure: { code: string; what: string; next: string; deviceState: string } | null;
  }[];
}
type Rows = Record<string, string>[];

needs('socat', 'pdftotext')('one recipe for every unit that is plugged in', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let units: PluggedUnits;

  beforeAll(async () => {
    folder = await temporaryFolder();
    units = await plugIn(folder.path, 4);
  });

  afterAll(async () => {
    await units?.close();
    await folder?.remove();
  });

  const idOf = (number: number): string => units.bench.state().boards[number - 1]?.hardwareId ?? '';

  /** The demonstration with other things in it. */
  async function recipe(change: object): Promise<string> {
    const demo = JSON.parse(await readFile(demoRecipe, 'utf8')) as Recipe;
    const { calibrate, provision } = demo;
    const few = { ...calibrate, points: ['20', '40'] };
    const made = {
      ...demo,
      provision: { ...provision, tag: 'TT-{n}' },
      connection: { ...noConnection, project: 'Hall 4' },
      calibrate: few,
      validate: null,
      ...change,
    };
    const path = join(folder.path, `${Object.keys(change).join('-')}recipe.json`);
    await writeFile(path, JSON.stringify(made));
    return path;
  }

  const answerOf = ({ stdout, stderr }: Ended): Answer => {
    expect(stdout, stderr).not.toBe('');
    return JSON.parse(stdout) as Answer;
  };
  const sheetOf = async (out: string): Promise<Rows> =>
    parse(await readFile(join(out, 'results.csv'), 'utf8'), { columns: true, bom: true }) as Rows;

  it('those that go wrong stop only themselves; the same again does only what is not done', async () => {
    const out = join(folder.path, 'calibrated');
    const run = async (): Promise<Ended> =>
      plumb('run', await recipe({}), '--all', '--reference', units.reference, '--out', out, '--json');
    await units.bench.fault(2, { kind: 'fillDisk' });
    await units.bench.fault(3, { kind: 'babble', bytes: 'garbage' });
    const first = await run();
    expect(first.code, first.stderr).toBe(1);
    const { verdict, units: all } = answerOf(first);
    expect(verdict).toBe('fail');
    expect(all.map(({ port }) => port)).toEqual([1, 2, 3, 4].map((number) => units.port(number)));
    expect(all.map((unit) => [unit.verdict, unit.failure?.code ?? null])).toEqual([
      ['pass', null],
      [null, 'NO_SPACE'],
      [null, 'REPLY_UNREADABLE'],
      ['pass', null],
    ]);
    expect(all.map(({ unit }) => unit)).toEqual([idOf(1), idOf(2), null, idOf(4)]);

    const rows = await sheetOf(out);
    expect(rows.map(({ result, failure }) => [result, failure])).toEqual([
      ['pass', ''],
      ['not completed', 'NO_SPACE'],
      ['not completed', 'REPLY_UNREADABLE'],
      ['pass', ''],
    ]);
    for (const [i, { failure }] of all.entries()) {
      expect(rows[i]).toMatchObject({
        'what happened': failure?.what ?? '',
        'unit was left': failure?.deviceState ?? '',
        'what to do': failure?.next ?? '',
      });
    }
    const paper = execFileSync('pdftotext', ['-layout', join(out, 'results.pdf'), '-'], { encoding: 'utf8' });
    expect(paper).toContain('2 of 4 units passed');
    for (const text of ['TT-1', 'TT-4', 'NO_SPACE', 'REPLY_UNREADABLE']) expect(paper).toContain(text);
    expect([1, 2, 3, 4].map((number) => existsSync(join(out, idOf(number), 'report.pdf')))).toEqual([
      true,
      false,
      false,
      true,
    ]);

    await units.bench.fault(2, { kind: 'freeDisk' });
    await units.bench.fault(3, { kind: 'endBabble' });
    const second = await run();
    expect(second.code, second.stdout + second.stderr).toBe(0);
    const again = answerOf(second).units;
    expect(again.map(({ tag, verdict: end, doneBefore }) => [tag, end, doneBefore])).toEqual([
      ['TT-1', 'pass', true],
      ['TT-2', 'pass', false],
      ['TT-3', 'pass', false],
      ['TT-4', 'pass', true],
    ]);
    for (const number of [1, 2, 3, 4]) {
      for (const name of ['report.pdf', 'certificate.pdf', 'dcc.xml'])
        expect(existsSync(join(out, idOf(number), name)), `${number} ${name}`).toBe(true);
    }
    const [done] = await sheetOf(out);
    expect(done).toMatchObject({ result: 'pass', failure: '' });
    expect(done?.['what happened']).toContain('nothing was repeated');
  }, 240_000);

  it('killed and begun again: what had passed stays, the rest is done', async () => {
    const out = join(folder.path, 'killed');
    const list = join(folder.path, 'names.csv');
    await writeFile(
      list,
      `hardware id;tag;asset;location\n${idOf(3)};PT-30;A-3;Hall\n;PT-1;;Hall\n;PT-2;;Hall\n;PT-4;;Hall\n`,
    );
    const args = [await recipe({ calibrate: null }), '--all', '--names', list, '--out', out, '--json'];
    const killed = startPlumb('run', ...args, '--verbose');
    await killed.said(': done', 'stderr');
    killed.kill('SIGKILL');
    await killed.ended;
    const again = await plumb('run', ...args);
    expect(again.code, again.stdout + again.stderr).toBe(0);
    const { units: all } = answerOf(again);
    expect(all.some(({ doneBefore }) => doneBefore)).toBe(true);
    expect(all.find(({ unit }) => unit === idOf(3))?.tag).toBe('PT-30');
    expect(new Set(all.map(({ tag }) => tag))).toEqual(new Set(['PT-1', 'PT-2', 'PT-30', 'PT-4']));
    expect((await plumb('verify', join(out, 'job.plumb'))).code).toBe(0);
  }, 240_000);

  it('the reference and a unit lose their cables, another has two names', async () => {
    const host = await createHost({
      bench: false,
      jobPath: join(folder.path, 'cables.plumb'),
      resources: join(root, 'resources'),
      door: 'terminal',
      version: '0.1.0',
      unitReturnMs: 10_000,
      log: pino({ level: 'silent' }),
    });
    try {
      const measuring = Recipe.parse(JSON.parse(await readFile(await recipe({ title: 'Cables' }), 'utf8')));
      const ended = Promise.withResolvers<QueueState>();
      const calibrating = Promise.withResolvers<void>();
      host.on('queue.changed', (state) => {
        if (state === null) return;
        if (state.entries.every(({ stage }) => stage === 'calibrate')) calibrating.resolve();
        if (!state.running) ended.resolve(state);
      });
      const start = (ports: string[]): Promise<QueueState> =>
        host.call('queue.start', { recipe: measuring, ports, reference: units.reference, names: [] });
      const alias = join(folder.path, 'alias');
      await symlink(units.port(1), alias);
      await expect(start([units.port(1), alias])).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
      await start([1, 2, 3].map((number) => units.port(number)));
      await Promise.race([calibrating.promise, ended.promise]);
      await rename(units.reference, `${units.reference}.away`);
      await sleep(1500);
      await rename(`${units.reference}.away`, units.reference);
      await units.bench.fault(2, { kind: 'pullCable' });
      const { entries } = await ended.promise;
      expect(entries.map(({ verdict }) => verdict)).toEqual(['pass', null, 'pass']);
      expect(entries[1]?.failure?.code).toMatch(/^PORT_(LOST|NOT_FOUND)$/);
      expect(entries[1]?.failure?.deviceState).toMatch(/^(new-runs|adjusted-not-verified|indeterminate)$/);
    } finally {
      await host.close();
      await units.bench.fault(2, { kind: 'plugIn' });
    }
  }, 120_000);
});
