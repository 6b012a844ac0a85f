import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import fc from 'fast-check';
import { caseOf } from '../../shared/rules/arbitrary.fixture.ts';
import { startMicroPython } from '../../shared/rules/micropython.fixture.ts';
import { type Case, play } from '../../shared/rules/replay.fixture.ts';

// `npm run fuzz:rules [-- --frames 1000000 --seed 1]`: random rule sets and frames through the engine of the app, the
// unit's on CPython and the unit's on MicroPython. Ends with 1 at the first difference, made as small as it goes.

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const wanted = Number(values.frames);
const firstSeed = Number(values.seed);
const framesOfACase = 200;
const casesOfARound = 500;

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const python = spawn('python3', ['-B', path('shared/rules/fixtures/replay.py'), path('resources/agent')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
const micropython = await startMicroPython(2 * 1024 * 1024);

async function onCPython(given: Case): Promise<unknown> {
  python.stdin.write(`${JSON.stringify(given)}\n`);
  const { value } = await answers.next();
  return JSON.parse(String(value));
}

let frames = 0;
let decisions = 0;

async function alike(given: Case): Promise<boolean> {
  const app = play(given);
  frames += given.frames.length;
  decisions += app.out.length;
  return isDeepStrictEqual(await onCPython(given), app) && isDeepStrictEqual(micropython.play(given), app);
}

console.log(`seed ${firstSeed}`);
for (let seed = firstSeed; frames < wanted; seed += 1) {
  const property = fc.asyncProperty(caseOf(framesOfACase), alike);
  const { failed, counterexample } = await fc.check(property, { numRuns: casesOfARound, seed });
  if (failed) {
    const [given] = counterexample as [Case];
    const all = {
      app: play(given),
      python: await onCPython(given),
      micropython: micropython.play(given),
    };
    console.error(`A difference, seed ${seed}:\n${JSON.stringify(given)}\n${JSON.stringify(all, null, 1)}`);
    process.exitCode = 1;
    break;
  }
  console.log(`${frames} frames, ${decisions} decisions, 0 differences`);
}
python.stdin.end();
