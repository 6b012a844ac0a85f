import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this file stands in. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * For what Node starts: it keeps the compiled form of every module here, our TypeScript without its types as well. A
 * command of the terminal then takes a third of the time.
 */
export const compileCache = {
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'plumbline'),
};

/** Set-up talks on stderr, so that stdout stays the program's own (`plumb … --json` prints JSON and nothing else). */
export const say = (line) => process.stderr.write(`plumbline: ${line}\n`);

/** Something that set-up cannot do; its message is for the person at the keyboard. */
export class SetupProblem extends Error {}
