import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this file stands in. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Set-up talks on stderr, so that stdout stays the program's own (`plumb … --json` prints JSON and nothing else). */
export const say = (line) => process.stderr.write(`plumbline: ${line}\n`);

/** Something that set-up cannot do; its message is for the person at the keyboard. */
export class SetupProblem extends Error {}
