import { expect, test } from 'vitest';
import { countPlaywright, countSpecs, countVitest, playwrightFailures, vitestFailures } from './phases.mjs';

const vitest = (changed = {}) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [],
  ...changed,
});
const none = { numPassedTests: 0, numPendingTests: 0 };

test.each([
  ['all is well', 0, vitest(), { passed: 3, failed: 0, skipped: 1 }],
  ['a test failed', 1, vitest({ numFailedTests: 2 }), { passed: 3, failed: 2, skipped: 1 }],
  [
    'a file could not be loaded',
    1,
    vitest({ testResults: [{ status: 'failed', assertionResults: [] }] }),
    { passed: 3, failed: 1, skipped: 1 },
  ],
  ['an error outside of any test', 1, vitest(), { passed: 3, failed: 1, skipped: 1 }],
  ['nothing ran', 0, vitest(none), { passed: 0, failed: 1, skipped: 0 }],
  ['all were left out', 0, vitest({ ...none, numPendingTests: 4 }), { passed: 0, failed: 0, skipped: 4 }],
])('unit tests: %s', (_, code, report, counts) => {
  expect(countVitest(code, report)).toEqual(counts);
});

const playwright = (stats) => ({
  stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors: [],
});

test.each([
  ['all is well', 0, playwright(), { passed: 5, failed: 0, skipped: 0 }],
  ['a test failed', 1, playwright({ unexpected: 1 }), { passed: 5, failed: 1, skipped: 0 }],
  ['a test passed only at the second try', 0, playwright({ flaky: 1 }), { passed: 5, failed: 1, skipped: 0 }],
  ['an error before any test', 1, { ...playwright(), errors: [{}] }, { passed: 5, failed: 1, skipped: 0 }],
  ['nothing ran', 0, playwright({ expected: 0 }), { passed: 0, failed: 1, skipped: 0 }],
])('browser tests: %s', (_, code, report, counts) => {
  expect(countPlaywright(code, report)).toEqual(counts);
});

test('listed browser tests are counted through all suites', () => {
  expect(countSpecs([{ specs: [1, 2], suites: [{ specs: [3] }] }, { suites: [] }])).toBe(3);
  expect(countSpecs()).toBe(0);
});

test('failed tests are named with the file and the words, also a file that could not be loaded', () => {
  const failed = { status: 'failed', fullName: 'adds up', failureMessages: ['expected 3 to be 2'] };
  const results = [
    { name: 'a.test.ts', status: 'failed', assertionResults: [failed, { status: 'passed' }] },
    { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    { name: 'c.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
  ];
  expect(vitestFailures({ testResults: results })).toEqual([
    'a.test.ts adds up: expected 3 to be 2',
    'b.test.ts: no such module',
  ]);
  const tests = [{ results: [{ error: { message: 'timed out' } }] }];
  const suites = [
    { suites: [{ specs: [{ file: 'x.spec.ts', title: 'opens', ok: false, tests }, { ok: true }] }] },
  ];
  expect(playwrightFailures({ suites, errors: [] })).toEqual(['x.spec.ts opens: timed out']);
});
