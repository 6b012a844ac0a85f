import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JobStore, openOrCreateJob } from '../store/job-store.ts';
import { Exports, fileNameOf } from './exports.ts';
import { LoadedRecordings } from './loaded.ts';
import { Shelf } from './shelf.ts';
import { Uploads } from './uploads.ts';

const channels = [{ id: 't1', unit: 'degC', quantum: '0.001' }];
const given = { unit: 'abcd', name: 'x', origin: 'file', dated: false } as const;

let folder: string;
let store: JobStore;
let shelf: Shelf;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-files-'));
  // Temporary files of these tests lie where they are seen.
  vi.stubEnv('TMPDIR', folder);
  store = openOrCreateJob(join(folder, 'job.plumb'), { name: 'J' });
  shelf = new Shelf(store);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  store.close();
  rmSync(folder, { recursive: true });
});

async function* rowsOf(count: number) {
  const times = Float64Array.from({ length: count }, (_, i) => i * 1000);
  yield { times, samples: [times.map((t) => 20_000 + (t % 7000))] };
}
const temporary = (): string[] => readdirSync(folder).filter((name) => !name.startsWith('job.plumb'));

describe('files on their way', () => {
  it('leave in pieces, as they were when the first one left', async () => {
    const facts = await shelf.add(given, channels, rowsOf(60_000));
    const file = shelf.fileOf(facts);
    const whole = readFileSync(file.path);
    const exports = new Exports();
    const pieces: Buffer[] = [];
    for (let at: number | null = 0; at !== null; ) {
      const piece = await exports.piece(file, channels, 'csv', at);
      expect(piece.size).toBe(whole.length);
      pieces.push(Buffer.from(piece.base64, 'base64'));
      at = piece.next;
      writeFileSync(file.path, 'other');
    }
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(whole)).toBe(true);
    await expect(exports.piece(file, channels, 'csv', 0)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await exports.close();
    expect(temporary()).toEqual([]);
  });

  it('leave whole for each of several who save the same one at once', async () => {
    const file = shelf.fileOf(await shelf.add(given, channels, rowsOf(60_000)));
    const whole = readFileSync(file.path);
    const exports = new Exports();
    const { next } = await exports.piece(file, channels, 'csv', 0);
    const at = next ?? 0;
    // The one in the middle of it, the other at its beginning.
    const pairs = Array.from({ length: 10 }, () => [at, 0]).flat();
    const pieces = await Promise.all(pairs.map((from) => exports.piece(file, channels, 'csv', from)));
    const isRight = pieces.map(({ base64 }, i) =>
      whole
        .subarray(pairs[i])
        .toString('latin1')
        .startsWith(Buffer.from(base64, 'base64').toString('latin1')),
    );
    expect([at > 0, isRight.includes(false)]).toEqual([true, false]);
    await exports.close();
    expect(temporary()).toEqual([]);
  });

  it('have a name that leads nowhere', () => {
    expect(fileNameOf('../../etc/passwd', 'csv')).toBe('-etc-passwd.csv');
    expect(fileNameOf('Kühlraum 3 – Nacht', 'frames')).toBe('Kühlraum 3 - Nacht.jsonl');
    expect(fileNameOf('\u0000..', 'csv')).toBe('recording.csv');
  });

  it('come in whole where a piece failed halfway and is sent once more', async () => {
    const uploads = new Uploads();
    const id = await uploads.begin('f', 6);
    await uploads.piece(id, 0, Buffer.from('abc'));
    const [place = ''] = temporary();
    appendFileSync(join(folder, place, id), 'def, of which the disk was full');
    await uploads.piece(id, 3, Buffer.from('def'));
    expect(readFileSync(uploads.whole(id).path, 'utf8')).toBe('abcdef');
    await uploads.close();
  });

  it('are no more than so many, however many begin at once', async () => {
    const uploads = new Uploads();
    const begun = await Promise.allSettled(Array.from({ length: 20 }, () => uploads.begin('f', 3)));
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    await uploads.close();
  });

  it('come into a folder that is gone when the app ends; what is forgotten gives way', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const uploads = new Uploads();
    const ids: string[] = [];
    for (let i = 0; i < 8; i += 1) ids.push(await uploads.begin('f', 3));
    const [first = '', second = ''] = ids;
    expect(await uploads.piece(first, 0, Buffer.from('abc'))).toBe(3);
    vi.advanceTimersByTime(29_000);
    await expect(uploads.begin('f', 3)).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
    expect(readFileSync(uploads.whole(first).path, 'utf8')).toBe('abc');
    vi.advanceTimersByTime(2000);
    await uploads.begin('f', 3);
    expect(uploads.whole(first).name).toBe('f');
    expect(() => uploads.whole(second)).toThrow('There is no upload');
    expect(temporary()).toHaveLength(1);
    await uploads.close();
    expect(temporary()).toEqual([]);
  });
});

it('a recording that the record names stays, whatever becomes of who hears of it', async () => {
  const deaf = new Shelf(store, () => {
    throw new Error('nobody can be told');
  });
  await expect(deaf.add(given, channels, rowsOf(3))).rejects.toThrow('nobody can be told');
  const [facts] = new Shelf(store).list();
  expect(facts && readFileSync(shelf.fileOf(facts).path, 'utf8')).toContain('20.000');
});

describe('recordings in memory', () => {
  it('stay while there is room, the one that was used longest ago out first', async () => {
    const files = [];
    for (let i = 0; i < 3; i += 1) files.push(shelf.fileOf(await shelf.add(given, channels, rowsOf(10))));
    const [a, b, c] = files as [(typeof files)[0], (typeof files)[0], (typeof files)[0]];
    const loaded = new LoadedRecordings(50);
    const [first, second] = [await loaded.get(a, channels), await loaded.get(b, channels)];
    expect(await loaded.get(a, channels)).toBe(first);
    await loaded.get(c, channels);
    expect(await loaded.get(a, channels)).toBe(first);
    expect(await loaded.get(b, channels)).not.toBe(second);
  });

  it('are not larger than all room there is', async () => {
    const file = shelf.fileOf(await shelf.add(given, channels, rowsOf(10)));
    await expect(new LoadedRecordings(19).get(file, channels)).rejects.toThrow('holds 20 numbers');
  });

  it('keep their values in other steps, and are not read in another unit', async () => {
    const file = shelf.fileOf(await shelf.add(given, channels, rowsOf(3)));
    const loaded = new LoadedRecordings();
    const coarse = await loaded.get(file, [{ id: 't1', unit: 'degC', quantum: '0.5' }]);
    expect([...(coarse.samples[0] ?? [])]).toEqual([40, 42, 44]);
    const bar = loaded.get(file, [{ id: 't1', unit: 'bar', quantum: '0.001' }]);
    await expect(bar).rejects.toThrow('its column t1 (°C) is not the channel t1 (bar)');
    expect((await loaded.get(file, [])).inputs).toEqual([]);
  });

  it('of a calendar set the clock of schedules', async () => {
    const facts = await shelf.add({ ...given, dated: true }, channels, rowsOf(2));
    const { week } = await new LoadedRecordings().get(shelf.fileOf(facts), channels);
    // 1 January 1970 was a Thursday.
    expect([...(week ?? [])]).toEqual([3 * 86_400_000, Number.POSITIVE_INFINITY]);
  });
});
