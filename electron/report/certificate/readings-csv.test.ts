import { expect, test } from 'vitest';
import { exampleCertificate } from '../../../shared/report/certificate/certificate.fixture.ts';
import { readingsCsv } from './readings-csv.ts';

test('every reading is a line of the CSV, as it was taken', () => {
  const record = exampleCertificate({ points: 5, readings: 7 });
  const [head, ...lines] = readingsCsv(record).trimEnd().split('\r\n');
  expect(head?.split(',')).toHaveLength(11);
  expect(lines).toHaveLength(2 * 5 * 7);
  const first = record.results.asFound.results[0]?.readings[0];
  expect(lines[0]?.split(',')).toEqual([
    'as-found',
    '1',
    '0.0',
    'up',
    '1',
    '2026-11-22T09:30:00.000Z',
    first?.reference,
    '0',
    first?.unit,
    String(first?.raw),
    'yes',
  ]);
});
