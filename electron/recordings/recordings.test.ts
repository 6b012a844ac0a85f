import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nearestQuanta } from '../../shared/units/units.ts';
import { exportRecording, importRecording, previewRecording, recordedFrames } from './recordings.ts';
import { absent, quantiser } from './values.ts';

const channels = [
  { id: 't1', unit: 'degC', quantum: '0.001', title: 'Bath temperature' },
  { id: 'p1', unit: 'bar', quantum: '0.05' },
];
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-recordings-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(...lines: string[]): Promise<string> {
  const path = join(folder, 'recording.csv');
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

async function rowsOf(path: string) {
  const { channels: found, blocks, problems } = await importRecording(path, channels);
  const rows: number[][] = [];
  for await (const { times, samples } of blocks) {
    for (const [i, t] of times.entries()) rows.push([t, ...samples.map((own) => own[i] ?? absent)]);
  }
  return { ids: found.map(({ id }) => id), rows, problems };
}

describe('a file of text', () => {
  it.each<[string, string[], string, number[][]]>([
    [
      'commas, ms',
      ['t (ms),t1 (°C)', '0,23.5', '100,23.512'],
      'ms',
      [
        [0, 23_500],
        [100, 23_512],
      ],
    ],
    [
      'seconds',
      ['time [s];t1', '0,5;23,5', '1,5;-0,25'],
      's',
      [
        [500, 23_500],
        [1500, -250],
      ],
    ],
    [
      'tabs and ISO',
      ['when\tT1', '2026-11-22 08:30:00\t1', '2026-11-22T08:30:00.250Z\t2'],
      'iso',
      [
        [1795336200000, 1000],
        [1795336200250, 2000],
      ],
    ],
    ['a zone', ['time,t1', '2026-11-22 09:30:00+01:00,1'], 'iso', [[1795336200000, 1000]]],
    [
      'the day first',
      ['Zeit;t1', '22.11.2026 08:30:00;1,0', '22.11.2026 08:30:01;1,5'],
      'day-first',
      [
        [1795336200000, 1000],
        [1795336201000, 1500],
      ],
    ],
    ['the month first', ['date,t1', '11/22/2026 08:30,1'], 'month-first', [[1795336200000, 1000]]],
    [
      'seconds since 1970',
      ['timestamp,t1', '1795336200,1', '1795336200.5,2'],
      'epoch-s',
      [
        [1795336200000, 1000],
        [1795336200500, 2000],
      ],
    ],
    [
      'a row of units, remarks, quotation marks',
      ['# from the logger', '"Time","Bath temperature"', 'ms,degC', '0,"1"', '# pause', '10,"2"'],
      'ms',
      [
        [0, 1000],
        [10, 2000],
      ],
    ],
    [
      'objects',
      ['{"t":0,"values":{"t1":1.5}}', '{"t":50,"values":{"t1":null}}', '{"t":90,"values":{}}'],
      'ms',
      [
        [0, 1500],
        [50, Number.NaN],
        [90, absent],
      ],
    ],
  ])('%s', async (_, lines, format, expected) => {
    const path = await put(...lines);
    expect((await previewRecording(path, channels)).time.format).toBe(format);
    expect((await rowsOf(path)).rows).toEqual(expected);
  });

  it('says bad, none and unreadable apart, and rounds to the steps of the channel', async () => {
    const path = await put('t_ms,t1,p1', '0,1.0005,1.02', '1,NaN,', '2,x,1.03', '3,1.0015,9e99');
    const { ids, rows, problems } = await rowsOf(path);
    expect(ids).toEqual(['t1', 'p1']);
    expect(rows).toEqual([
      [0, 1000, 20],
      [1, Number.NaN, absent],
      [2, Number.NaN, 21],
      [3, 1002, Number.NaN],
    ]);
    expect(problems.unreadable).toEqual({ count: 2, lines: [4, 5] });
  });

  it('names repeated, decreasing, missing and absurd times with their lines, and leaves those rows out', async () => {
    const at = (second: number) => `2026-11-22 08:30:${String(second).padStart(2, '0')}`;
    const path = await put(
      'time,t1',
      `${at(0)},1`,
      `${at(1)},2`,
      `${at(1)},3`,
      `${at(0)},4`,
      ',5',
      'soon,6',
      '1970-01-01 00:00:05,7',
      '2031-01-01 00:00:00,8',
      `${at(2)},9`,
      '2026-13-45 00:00:00,10',
      `${at(3)},11`,
    );
    const problems = {
      repeated: { count: 1, lines: [4] },
      decreasing: { count: 1, lines: [5] },
      missing: { count: 3, lines: [6, 7, 11] },
      absurd: { count: 2, lines: [8, 9] },
    };
    const preview = await previewRecording(path, channels);
    expect(preview).toMatchObject({ rows: 11, taken: 4, problems });
    const read = await rowsOf(path);
    expect(read.problems).toMatchObject(problems);
    expect(read.rows.map(([, value]) => value)).toEqual([1000, 2000, 9000, 11_000]);
  });

  it('goes on after a real pause of years, though not for one row', async () => {
    const path = await put(
      'time,t1',
      '2020-01-01 00:00:00,1',
      '2025-01-01 00:00:00,2',
      '2025-01-01 00:00:01,3',
    );
    const { rows, problems } = await rowsOf(path);
    expect(rows.map(([, value]) => value)).toEqual([1000, 3000]);
    expect(problems.absurd).toEqual({ count: 1, lines: [3] });
  });

  it('previews columns, units, channels, gaps', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i < 30 ? i * 100 : i * 100 + 60_000},${i},7,on`);
    const path = await put('t (ms),t1 (degC),p1 (degC),state', ...rows);
    const preview = await previewRecording(path, channels);
    expect(preview).toMatchObject({
      kind: 'csv',
      rows: 50,
      time: { title: 't', from: 0, to: 64_900, step: 100 },
      gaps: { count: 1, first: [{ line: 32, ms: 60_100 }] },
      columns: [
        { title: 't1', unit: 'degC', channel: { id: 't1' }, values: 50, least: 0, greatest: 49 },
        { title: 'p1', unit: 'degC', channel: null, otherUnit: true, values: 50 },
        { title: 'state', channel: null, values: 0, unreadable: { count: 50 } },
      ],
    });
    expect(preview.sample).toHaveLength(5);
  });

  it('does not guess where a value ends in a row of too many cells, and says which unit is another', async () => {
    const wide = await put('t,t1', '0,20,5', '100,21', '200,22,', '300,23,5');
    const { blocks, problems } = await importRecording(wide, channels);
    for await (const { times } of blocks) expect([...times]).toEqual([100, 200]);
    expect(problems.broken).toEqual({ count: 2, lines: [2, 5] });
    const detail = expect.stringContaining('is in bar');
    const other = importRecording(await put('t,t1 (bar)', '0,1'), channels);
    await expect(other).rejects.toMatchObject({ params: { detail } });
  });

  it('takes a column as the channel that was chosen', async () => {
    const path = await put('t,left', '0,1', '100,2');
    await expect(importRecording(path, channels)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    const { blocks } = await importRecording(path, channels, { chosen: { left: 't1' } });
    for await (const { samples } of blocks) expect([...(samples[0] ?? [])]).toEqual([1000, 2000]);
  });

  it.each([
    ['nothing', '', 'it is empty'],
    ['words', 'all\nis\nwell', 'no column of it is a time'],
    ['bytes', '\u0000'.repeat(2_000_000), 'no lines'],
  ])('refuses %s', async (_, text, detail) => {
    const path = join(folder, 'x');
    await writeFile(path, text);
    await expect(previewRecording(path, channels)).rejects.toThrow(detail);
  });

  it('does not read a folder, and says what is not there', async () => {
    await expect(previewRecording(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(previewRecording(join(folder, 'none'))).rejects.toThrow('not there');
  });
});

describe('values', () => {
  it('are the nearest steps, however they are written', () => {
    const value = fc.tuple(fc.integer({ min: -2_000_000, max: 2_000_000 }), fc.nat({ max: 5 }));
    const quantum = fc.constantFrom('0.001', '1', '10', '0.05', '0.1');
    fc.assert(
      fc.property(
        value,
        quantum,
        fc.constantFrom(',' as const, '.' as const),
        ([digits, places], step, mark) => {
          const text = (digits / 10 ** places).toFixed(places);
          const read = quantiser(step, mark)(text.replace('.', mark));
          expect(read === 0 ? 0 : read).toBe(nearestQuanta(text, step));
        },
      ),
    );
  });
});

describe('export', () => {
  const block = {
    times: Float64Array.of(0, 100, 250),
    samples: [Float64Array.of(23_512, Number.NaN, absent), Float64Array.of(-1, 0, 20)],
  };

  it('comes back as it was, as a table and as frames', async () => {
    const csv = join(folder, 'out.csv');
    expect(await exportRecording(csv, 'csv', channels, [block])).toBe(3);
    expect(await readFile(csv, 'utf8')).toBe(
      't (ms),t1 (°C),p1 (bar)\n0,23.512,-0.05\n100,NaN,0.00\n250,,1.00\n',
    );
    expect((await rowsOf(csv)).rows).toEqual([
      [0, 23_512, -1],
      [100, Number.NaN, 0],
      [250, absent, 20],
    ]);
    const frames = join(folder, 'out.jsonl');
    await exportRecording(frames, 'frames', channels, [block]);
    expect(await readFile(frames, 'utf8')).toBe(
      '[0,{"t1":23512,"p1":-1}]\n[100,{"t1":null,"p1":0}]\n[250,{"p1":20}]\n',
    );
    const read = async (path: string) => {
      const all = [];
      for await (const many of (await recordedFrames(path, channels)).blocks) all.push(...many);
      return all;
    };
    expect(await read(csv)).toEqual(await read(frames));
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringMatching(/part$/)]));
  });

  it('leaves nothing behind where the recording breaks off', async () => {
    const broken = (function* () {
      yield block;
      throw new Error('the disk is gone');
    })();
    await expect(exportRecording(join(folder, 'out.csv'), 'csv', channels, broken)).rejects.toThrow('disk');
    expect(await readdir(folder)).toEqual([]);
  });
});
