import { delimiter, join } from 'node:path';
import { command } from '../electron/setup/command.mjs';
import { ensureDependencies } from '../electron/setup/dependencies.mjs';
import { compileCache, root, SetupProblem, say } from '../electron/setup/places.mjs';
import { phases } from './run/phases.mjs';
import { findPrograms } from './run/programs.mjs';

// `npm test`, or `npm test -- unit browser` for some of the phases. Every phase runs, whatever the one before said;
// the last line is the sum of all.

let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopped = true;
  });
}

await command(async (names) => {
  const unknown = names.filter((name) => !Object.hasOwn(phases, name));
  if (unknown.length > 0) {
    throw new SetupProblem(
      `there is no phase ${unknown.join(', ')}; there are ${Object.keys(phases).join(', ')}`,
    );
  }
  await ensureDependencies();
  const { without, env } = await findPrograms(say);
  Object.assign(env, compileCache);
  // Tests that start programs of this repository by name get the same Node as the tests.
  env.PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);

  const sum = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  const failures = [];
  for (const [name, phase] of Object.entries(phases)) {
    if (stopped || (names.length > 0 && !names.includes(name))) continue;
    console.log(`\n== ${name}`);
    const started = performance.now();
    const counts = await phase(env).catch(crashed);
    for (const key of Object.keys(sum)) sum[key] += counts[key];
    failures.push(...(counts.failures ?? []).map((text) => `FAILED ${name}: ${text.slice(0, 600)}`));
    lines.push(`${name.padEnd(8)}${words(counts)} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  console.log(`\n${[...failures, ...lines].join('\n')}`);
  sum.failed += reportMissing(without);
  if (stopped) throw new SetupProblem('stopped before the end');
  console.log(words(sum));
  if (sum.failed > 0 || sum.passed === 0) process.exitCode = 1;
});

function words({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function crashed(error) {
  console.log(error instanceof SetupProblem ? error.message : error);
  return { passed: 0, failed: 1, skipped: 0 };
}

/** On a developer's machine a missing program leaves tests out; in continuous integration it is a failure. */
function reportMissing(without) {
  if (without.length === 0) return 0;
  console.log(`missing programs: ${without.join(', ')}; the tests that need them were left out`);
  return process.env.CI === 'true' ? without.length : 0;
}
