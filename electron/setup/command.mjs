import { SetupProblem, say } from './places.mjs';

/** Runs one of the npm commands; what set-up could not do is said in one line, without a stack. */
export async function command(work) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    say(`Node.js 20 or later is needed; this is ${process.version}.`);
    process.exit(1);
  }
  try {
    await work(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
