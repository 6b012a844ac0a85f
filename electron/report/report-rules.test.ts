import { afterEach, expect, test, vi } from 'vitest';
import { exampleInput } from '../../shared/report/example.fixture.ts';
import { buildRecord } from '../../shared/report/record.ts';
import { renderPdf } from './report.ts';
import { watchLines } from './watch-lines.fixture.ts';

const fixture = buildRecord(exampleInput());

afterEach(() => vi.restoreAllMocks());

test('a rule says its id and its severity once', async () => {
  const record = structuredClone(fixture);
  const rule = record.validation?.rules[0];
  Object.assign(rule ?? {}, {
    id: 'too-hot',
    severity: 'high',
    sentence:
      'too-hot: fires when t1 is at or above 60.000 °C; without data it stays as it is; high severity.',
  });
  const lines = watchLines();
  await renderPdf(record);
  const text = lines.map((line) => line.text).join(' ');
  // In the table of proofs, and in the one of what was seen.
  expect(text.match(/too-hot/g)).toHaveLength(2);
  expect(text.match(/Fires when t1 is at or above 60\.000 °C/g)).toHaveLength(1);
  expect(text.match(/high severity\./g)).toHaveLength(1);
  expect(text).not.toContain('Severity:');
});

test('what a rule was seen to do stands with its origin, and what is missing is said', async () => {
  const input = exampleInput();
  const { validate } = input;
  if (!validate) throw new Error('the example has rules');
  const [, quiet, injected] = validate.runs;
  if (!quiet || !injected) throw new Error('the example has runs');
  const seen = { fired: 190_000, cleared: null, alarms: 1, saw: true };
  const loud = quiet.rules.map((one, index) => (index === 1 ? seen : one));
  validate.runs = [injected, { ...quiet, rules: loud }, { ...quiet, revision: '00000000' }];
  const lines = watchLines();
  await renderPdf(buildRecord(input));
  const text = lines.map((line) => line.text).join(' ');
  expect(text).toContain('made up, run 1, after 61.0 s');
  expect(text).toContain('live, run 2, for 12.0 s');
  expect(text).toContain('Week 46, with spike of 25 °C on t1 at 60.0 s');
  expect(text).toContain(
    'high-temperature-2 is not accepted: it was not seen to clear, was not seen to say nothing in normal operation, and gave a false alarm.',
  );
  expect(text).toContain(
    'high-temperature-3 is not accepted: it was not seen to fire and was not seen to clear.',
  );
  expect(text).not.toContain('high-temperature-1 is not accepted');
  expect(text).toContain('These rules improve revision 6db7d803. What was learned: Starts of the pump');
});

test('a pass says on its first page how many rules are not accepted', async () => {
  const input = exampleInput();
  Object.assign(input.validate ?? {}, { quietSeconds: 60 });
  const lines = watchLines();
  await renderPdf(buildRecord(input));
  const text = lines.map((line) => line.text).join(' ');
  expect(text).toContain('alarm rules proven (3 of 3 not accepted).');
});

test('the self-test shows both hashes, and a test that fails shows why', async () => {
  const record = structuredClone(fixture);
  Object.assign(record.validation?.selfTest ?? {}, { found: 'a'.repeat(64), equal: false });
  const first = 'missing: hot ON at 61.0 s';
  const outcome = { passed: false, missing: 1, unexpected: 2, first };
  Object.assign(record.validation?.tests[0] ?? {}, { outcome });
  const lines = watchLines();
  await renderPdf(record);
  const text = lines.map((line) => line.text).join(' ');
  expect(text).toContain('a'.repeat(64));
  expect(text).toContain(record.validation?.selfTest?.expected);
  expect(text).toContain('differs');
  expect(text).toContain('1 missing, 2 unexpected;');
  expect(text).toContain('ON at 61.0 s');
});
