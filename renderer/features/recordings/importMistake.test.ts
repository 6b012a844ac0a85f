import { describe, expect, it } from 'vitest';
import type { RecordingPreview } from '../../../shared/contract/recordings.ts';
import { importMistake, nameOfFile } from './importMistake.ts';

const preview = (channels: (string | null)[], taken = 5): RecordingPreview => ({
  kind: 'csv',
  columns: channels.map((channel, i) => ({
    title: `c${i}`,
    unit: '',
    channel,
    otherUnit: false,
    values: 5,
    bad: 0,
    unreadable: { count: 0, lines: [] },
    least: 1,
    greatest: 2,
  })),
  time: { title: 't', format: 'ms', from: 0, to: 4, step: 1 },
  rows: 5,
  taken,
  problems: {},
  gaps: { count: 0, first: [] },
  titles: ['t'],
  sample: [],
});

describe('taking a file in', () => {
  it.each([
    [preview(['t1', null]), 'Week', null],
    [preview([null, null]), 'Week', { key: 'noChannel' }],
    [preview(['t1', 'p1', 't1']), 'Week', { key: 'twice', channel: 't1' }],
    [preview(['t1'], 0), 'Week', { key: 'noRows' }],
    [preview(['t1']), '  ', { key: 'noName' }],
  ])('says what stands against it (%#)', (found, name, mistake) =>
    expect(importMistake(found, name)).toEqual(mistake),
  );

  it.each([
    ['C:\\logs\\Pump house 3.CSV', 'Pump house 3'],
    ['/logs/week.2026-11.jsonl', 'week.2026-11'],
    ['data', 'data'],
  ])('names the recording of %s', (file, name) => expect(nameOfFile(file)).toBe(name));
});
