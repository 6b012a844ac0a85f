import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuilt } from '../../electron/setup/build.mjs';
import { modernNode } from '../../electron/setup/node.mjs';
import { root } from '../../electron/setup/places.mjs';
import { run } from '../../electron/setup/run.mjs';

/** Of one phase: beyond it something hangs. A busy machine of two cores takes half of it. */
const limitMs = 15 * 60_000;

/** The phases of `npm test`, in their order. Each resolves to how many tests passed, failed and were skipped. */
export const phases = {
  format: (env) => check(env, '@biomejs/biome/bin/biome', ['check']),
  lint: (env) => check(env, 'oxlint/bin/oxlint', ['--config', '.config/oxlint.json', '--type-aware']),
  types: (env) => check(env, 'typescript/bin/tsc', ['-b', '.config/tsconfig.json']),
  unit: (env) => vitest(env, 'unit', '.config/vitest.config.ts'),
  peers: (env) => vitest(env, 'peers', '.config/vitest.peers.config.ts'),
  browser: playwright,
};

const tool = (env, script, args) =>
  run(modernNode(), [join(root, 'node_modules', script), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    limitMs,
  });

/** A tool that says yes or no counts as one test. `failures` names what failed. */
async function check(env, script, args) {
  const code = await tool(env, script, args);
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0, failures: [script] };
}

async function vitest(env, name, config) {
  const file = freshResults(name);
  const args = [
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const code = await tool(env, 'vitest/vitest.mjs', args);
  if (!existsSync(file)) {
    const within = `within ${limitMs / 60_000} min`;
    return { passed: 0, failed: 1, skipped: 0, failures: [`${name}: did not come to an end ${within}`] };
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return { ...countVitest(code, report), failures: vitestFailures(report) };
}

/** Name and first words of every failed test: a long log is often cut before its middle. */
export const vitestFailures = ({ testResults }) =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`${name}: ${message ?? ''}`];
    return failed.map(({ fullName, failureMessages }) => `${name} ${fullName}: ${failureMessages[0] ?? ''}`);
  });

/** A file that could not be loaded has no tests to fail, and counts as one; so does an error outside of any test. */
export function countVitest(
  code,
  { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults },
) {
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = numFailedTests + unloaded.length;
  return complete(code, { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests });
}

async function playwright(env) {
  await ensureBuilt('page');
  const file = freshResults('browser');
  const absent = env.PLUMBLINE_WITHOUT.split(',').includes('chromium');
  // Without a browser the tests are listed only, to count what is left out.
  const args = [
    'test',
    '--config',
    '.config/playwright.config.ts',
    '--reporter=list,json',
    ...(absent ? ['--list'] : []),
  ];
  const code = await tool({ ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }, '@playwright/test/cli.js', args);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return absent
    ? { passed: 0, failed: 0, skipped: countSpecs(report.suites) }
    : { ...countPlaywright(code, report), failures: playwrightFailures(report) };
}

export const playwrightFailures = ({ suites, errors }) => [
  ...errors.map(({ message }) => message ?? 'an error before any test'),
  ...specsOf(suites)
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) => `${file} ${title}: ${tests[0]?.results[0]?.error?.message ?? ''}`),
];

const specsOf = (suites = []) =>
  suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites)]);

/** A flaky test is one that failed once: it counts as failed. */
export function countPlaywright(code, { stats, errors }) {
  const failed = stats.unexpected + stats.flaky + errors.length;
  return complete(code, { passed: stats.expected, failed, skipped: stats.skipped });
}

export const countSpecs = (suites) => specsOf(suites).length;

/** Neither a runner that ended badly without naming a test, nor one that ran none, has passed. */
function complete(code, counts) {
  const total = counts.passed + counts.failed + counts.skipped;
  return (code !== 0 && counts.failed === 0) || total === 0 ? { ...counts, failed: 1 } : counts;
}

function freshResults(name) {
  const file = join(root, 'test-results', `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}
