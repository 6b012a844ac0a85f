import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  BenchUnits,
  calibrationOf,
  configOf,
  rulesOf,
  withFiles,
} from '../../electron/provisioning/configuration/bench-unit.fixture.ts';
import { readSnapshot, snapshotText } from '../../electron/provisioning/configuration/configuration.ts';
import { createJob } from '../../electron/store/job-store.ts';
import { needs } from '../needs.ts';
import { type Ended, looksLikeAStack, plumb, temporaryFolder } from './terminal.ts';

// Snapshot, difference and restore as a person has them: processes of plumb, boards behind pseudo-terminals.
needs('socat')('a configuration on its way to and from a unit', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let units: BenchUnits;
  let served: Awaited<ReturnType<BenchUnits['serve']>>;
  const at = (name: string): string => join(folder.path, name);
  const port = (board: number): string => served.ports[board - 1] ?? '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    units = await BenchUnits.start(2);
    await units.commission(1);
    await units.commission(2, configOf({ tag: 'TT-2' }), calibrationOf(101, 7, 10));
    served = await units.serve();
  });
  afterAll(async () => {
    await served?.close();
    await units?.end();
    await folder?.remove();
  });

  async function asked(...args: string[]): Promise<{ code: number | null; answer: Record<string, unknown> }> {
    const ended: Ended = await plumb(...args, '--json');
    expect(looksLikeAStack(ended.stderr)).toBe(false);
    return { code: ended.code, answer: JSON.parse(ended.stdout) as Record<string, unknown> };
  }

  it('a unit is read, compared, changed, put back, and read back', { timeout: 120_000 }, async () => {
    const taken = await asked('snapshot', '--port', port(1), '--out', at('one'), '--yes');
    expect(taken).toMatchObject({ code: 0, answer: { ok: true } });
    const snapshot = readSnapshot(await readFile(at('one'), 'utf8'), 'one');
    expect(await asked('diff', at('one'), port(1), '--yes')).toMatchObject({
      code: 0,
      answer: { identical: true },
    });
    const two = await asked('diff', port(1), port(2), '--yes');
    expect(two.code).toBe(1);
    expect(JSON.stringify(two.answer.lines)).toContain('config.json:/tag');

    const config = configOf({ tag: 'OTHER' });
    const other = withFiles(snapshot, { 'config.json': config, 'rules.json': rulesOf(30_000) });
    await writeFile(at('other'), snapshotText(other));
    createJob(at('job.plumb'), { name: 'Restore' }).close();
    const restore = ['restore', at('other'), '--yes', '--project', at('job.plumb')];
    const wrong = await asked(...restore, '--port', port(2));
    expect(wrong).toMatchObject({
      code: 1,
      answer: { failure: { code: 'WRONG_UNIT', deviceState: 'unchanged' } },
    });
    expect(units.file(2, 'plumbline/rules.json')).toBeNull();

    expect(await asked(...restore, '--port', port(1))).toMatchObject({
      code: 0,
      answer: { identical: true, lines: [] },
    });
    expect([units.file(1, 'a/config.json'), units.file(1, 'b/config.json')]).toContain(config);
    expect(await asked('diff', at('other'), port(1), '--yes')).toMatchObject({ code: 0 });
    expect(await asked('verify', at('job.plumb'))).toMatchObject({ code: 0 });

    const refused = withFiles(other, { 'rules.json': rulesOf(1, 'nothere') });
    await writeFile(at('refused'), snapshotText(refused));
    const incomplete = await asked('restore', at('refused'), '--yes', '--port', port(1));
    expect(incomplete).toMatchObject({
      code: 1,
      answer: { ok: false, identical: false, failure: { code: 'RESTORE_INCOMPLETE' } },
    });
    expect(incomplete.answer.lines).not.toEqual([]);
    // Without a project, what the unit held before anything was written is kept in a file beside the snapshot.
    const kept = readSnapshot(await readFile(String(incomplete.answer.kept), 'utf8'), 'kept');
    expect(kept.files.map(({ sha256 }) => sha256)).toEqual(other.files.map(({ sha256 }) => sha256));

    const second = ['--port', port(2), '--onto-replacement'];
    const nowhere = ['--keep', at('no/such/folder')];
    expect(await asked('restore', at('other'), '--yes', ...second, ...nowhere)).toMatchObject({
      code: 1,
      answer: { failure: { code: 'FILE_UNWRITABLE', deviceState: 'unchanged' } },
    });
    expect(units.file(2, 'plumbline/rules.json')).toBeNull();
    const onto = await asked('restore', at('other'), '--yes', ...second, '--keep', at('two-before'));
    expect(readSnapshot(await readFile(at('two-before'), 'utf8'), 'two').unit).toMatchObject({ tag: 'TT-2' });
    expect(onto).toMatchObject({
      code: 0,
      answer: { identical: true, notTransferable: ['calibration.json'] },
    });
    expect(units.file(2, 'plumbline/calibration.json')).toBe(calibrationOf(101, 7, 10));
  });
});
