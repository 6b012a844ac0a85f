import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordingFacts, RecordingPreview } from '../../shared/contract/recordings.ts';
import type { Host } from './host.ts';
import { csvOf, fileOf, hostAgain, hostWithUnit, imported, textOf, unit, uploaded } from './lab.fixture.ts';

let folder: string;
let jobPath: string;
let host: Host;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-recordings-test-'));
  jobPath = join(folder, 'job.plumb');
  host = await hostWithUnit(jobPath);
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

const plain = { faults: [], seed: 1 };
const bad = [
  't (ms),t1 (°C),p (bar)',
  '0,20.0001,1',
  '1000,20.5,1',
  '1000,21,1',
  '500,21,1',
  ',21,1',
  '9e15,21,1',
  '2000,broken,1',
  '3000,NaN,1',
  '9000,21.5,1',
  '',
].join('\n');

describe('a file', () => {
  it('is looked into: columns, times that cannot be, gaps', async () => {
    const upload = await uploaded(host, bad, { pieceBytes: 7 });
    const preview = await host.call('recordings.preview', { upload, unit, columns: {} });
    expect(RecordingPreview.parse(preview)).toEqual(preview);
    expect(preview.columns).toMatchObject([
      { title: 't1', unit: '°C', channel: 't1', values: 7, bad: 1, unreadable: { count: 1, lines: [8] } },
      { title: 'p', unit: 'bar', channel: null },
    ]);
    expect(preview).toMatchObject({ rows: 9, taken: 5, time: { format: 'ms', from: 0, to: 9000 } });
    expect(preview.problems).toEqual({
      repeated: { count: 1, lines: [4] },
      decreasing: { count: 1, lines: [5] },
      missing: { count: 1, lines: [6] },
      absurd: { count: 1, lines: [7] },
      broken: { count: 0, lines: [] },
    });
  });

  it('is taken in, known by its hash, and given out again with the same values', async () => {
    const facts = await imported(host, bad, { name: '../../etc/week 1' });
    expect(RecordingFacts.parse(facts)).toEqual(facts);
    expect(facts).toMatchObject({ id: 'r1', rows: 5, channels: ['t1'], dated: false, from: 0, to: 9000 });
    expect(textOf(fileOf(jobPath, facts))).toBe(
      't (ms),t1 (°C)\n0,20.000\n1000,20.500\n2000,NaN\n3000,NaN\n9000,21.500\n',
    );
    const csv = await host.call('recordings.read', { id: 'r1', format: 'csv', at: 0 });
    expect(csv).toMatchObject({ name: '-etc-week 1.csv', next: null });
    expect(Buffer.from(csv.base64, 'base64').toString()).toBe(textOf(fileOf(jobPath, facts)));
    const frames = await host.call('recordings.read', { id: 'r1', format: 'frames', at: 0 });
    expect(Buffer.from(frames.base64, 'base64').toString().split('\n').slice(0, 3)).toEqual([
      '[0,{"t1":20000}]',
      '[1000,{"t1":20500}]',
      '[2000,{"t1":null}]',
    ]);
    await host.close();
    host = await hostAgain(jobPath);
    expect(await host.call('recordings.list', { unit })).toEqual([facts]);
  });

  it('is taken as a person chooses its columns; one channel is one column', async () => {
    const two = 't (ms),a (°C),t1 (°C)\n0,1,2\n1000,3,4\n';
    const facts = await imported(host, two);
    expect(textOf(fileOf(jobPath, facts))).toContain('\n0,2.000\n');
    const upload = await uploaded(host, two);
    const columns = { a: 't1', constructor: 't1' };
    const chosen = await host.call('recordings.import', { upload, unit, name: 'a', columns });
    expect(textOf(fileOf(jobPath, chosen))).toBe('t (ms),t1 (°C)\n0,1.000\n1000,3.000\n');
    const other = await uploaded(host, two);
    await expect(
      host.call('recordings.import', { upload: other, unit, name: 'b', columns: { t1: '' } }),
    ).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(readdirSync(`${jobPath}.recordings`).sort()).toEqual(['r1.csv', 'r2.csv']);
  });

  it('that is none is refused under the name that its owner gave it, and nothing is left of it', async () => {
    await expect(imported(host, 'x\n\n', { file: 'week.csv' })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      params: { path: 'week.csv' },
    });
    await expect(imported(host, 't (ms),t1 (°C)\n,1\nx,1\n')).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
    expect(await host.call('recordings.list', { unit })).toEqual([]);
  });

  it('that was changed or taken away is refused wherever it is read', async () => {
    const facts = await imported(host, csvOf([1, 2, 3]));
    const plot = () => host.call('recordings.plot', { data: { recording: facts.id, ...plain } });
    expect(await plot()).toMatchObject({ from: 0, to: 2000 });
    writeFileSync(fileOf(jobPath, facts), textOf(fileOf(jobPath, facts)).replace('2.000', '2.001'));
    const changed = { code: 'FILE_UNREADABLE', params: { detail: 'it was changed after it was taken in' } };
    await expect(plot()).rejects.toMatchObject(changed);
    for (const format of ['csv', 'frames'] as const) {
      const read = host.call('recordings.read', { id: facts.id, format, at: 0 });
      await expect(read).rejects.toMatchObject(changed);
    }
    rmSync(fileOf(jobPath, facts));
    await expect(plot()).rejects.toMatchObject({ params: { detail: 'it is not there' } });
  });
});

describe('an upload', () => {
  const piece = (upload: string, at: number, text: string) =>
    host.call('recordings.piece', { upload, at, base64: Buffer.from(text).toString('base64') });

  it('comes in order, whole, and not longer than announced', async () => {
    const { upload } = await host.call('recordings.upload', { name: 'f', size: 5 });
    await expect(piece(upload, 1, 'a')).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await piece(upload, 0, 'abc')).toEqual({ at: 3 });
    await expect(piece(upload, 0, 'abc')).rejects.toThrow('begins at 3');
    await expect(piece(upload, 3, 'defg')).rejects.toThrow('longer than the 5 bytes');
    await expect(piece(upload, 3, '')).rejects.toThrow('empty');
    const preview = host.call('recordings.preview', { upload, unit });
    await expect(preview).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
    await expect(piece('u99', 0, 'a')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is one of a few at a time', async () => {
    for (let i = 0; i < 8; i += 1) await host.call('recordings.upload', { name: 'f', size: 5 });
    const ninth = host.call('recordings.upload', { name: 'f', size: 5 });
    await expect(ninth).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
  });
});
