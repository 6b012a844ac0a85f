import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { Failure } from '../../shared/contract/failure.ts';
import type { QueueState } from '../../shared/contract/queue.ts';
import { sheetCsv } from './result-sheet.ts';
import { sheetPdf } from './result-sheet-pdf.ts';

const entry = {
  port: { port: '/dev/ttyACM0', kind: 'serial', looksLike: 'unit' },
  unit: 'e661',
  tag: 'TT-1',
  stage: 'done',
  verdict: 'pass',
  failure: null,
  report: null,
  doneBefore: false,
  startedAt: 0,
  endedAt: 31_250,
} as const;

it('a result sheet says of each unit what became of it, and a spreadsheet runs none of it', () => {
  const failure = new Failure('PORT_LOST', { port: '=1+1, "x"', during: 'a\nb' }, { deviceState: 'staged' });
  const queue: QueueState = {
    recipe: 'Demo',
    running: false,
    entries: [
      entry,
      { ...entry, tag: '=HYPERLINK("x")', stage: 'failed', verdict: null, failure: failure.toJSON() },
    ],
  };
  const rows = parse(sheetCsv(queue), { columns: true, bom: true }) as Record<string, string>[];
  expect(rows[0]).toMatchObject({
    tag: 'TT-1',
    result: 'pass',
    seconds: '31.3',
    began: '1970-01-01T00:00:00.000Z',
  });
  expect(rows[1]).toMatchObject({
    tag: `'=HYPERLINK("x")`,
    result: 'not completed',
    failure: 'PORT_LOST',
    'what happened': failure.message,
    'unit was left': 'staged',
  });
});

it('on paper it is one tagged page of text, and simulated units are said to be', async () => {
  const queue: QueueState = {
    recipe: 'Demo',
    running: false,
    entries: [{ ...entry, port: { ...entry.port, kind: 'simulated' } }],
  };
  const facts = { job: 'Hall', engineer: 'E', version: '0.1.0', at: 0 };
  const bytes = await sheetPdf(queue, facts);
  expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await sheetPdf(queue, facts)).toEqual(bytes);
});
