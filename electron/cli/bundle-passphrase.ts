import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { InvalidArgumentError } from 'commander';
import { Failure } from '../../shared/contract/failure.ts';
import { smallFile } from './bundle-files.ts';
import { type Context, type Input, type Option, text } from './command.ts';

// A passphrase is never an argument: those are in the shell's history and in the list of processes.

const variable = 'PLUMB_PASSPHRASE';

export const passphraseOption: Option = {
  flags: '--passphrase-file <file>',
  description: `its first line is the passphrase; else ${variable} is taken, else you are asked`,
};

/** For a key that is there. Wrong usage where there is nobody to ask. */
export async function passphraseOf(
  input: Input,
  { signal }: Context,
  question = 'Passphrase of the key: ',
): Promise<Buffer> {
  return (await given(input)) ?? (await ask(question, signal));
}

/** For a new key: asked twice, and not empty. */
export async function newPassphrase(
  input: Input,
  { signal }: Context,
  words = { ask: 'Passphrase for the new key: ', hint: '; say --unencrypted for a key without one' },
): Promise<Buffer> {
  let passphrase = await given(input);
  if (!passphrase) {
    passphrase = await ask(words.ask, signal);
    if (!passphrase.equals(await ask('The same again: ', signal))) {
      throw new InvalidArgumentError('the two passphrases differ');
    }
  }
  if (passphrase.length > 0) return passphrase;
  throw new InvalidArgumentError(`the passphrase is empty${words.hint}`);
}

async function given(input: Input): Promise<Buffer | null> {
  const file = text(input, 'passphraseFile');
  const fromEnvironment = process.env[variable];
  const content = file === '' ? fromEnvironment : await smallFile(file);
  return content === undefined ? null : Buffer.from(content.split(/\r?\n/, 1)[0] ?? '', 'utf8');
}

/** Nothing of what is typed is shown. It waits for a person, until Ctrl-C or Ctrl-D. */
async function ask(question: string, signal: AbortSignal): Promise<Buffer> {
  if (!process.stdin.isTTY) {
    throw new InvalidArgumentError(`a passphrase is needed: say --passphrase-file or set ${variable}`);
  }
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  const given = new AbortController();
  // In this mode Ctrl-C is a key, not a signal.
  for (const event of ['SIGINT', 'close'] as const) lines.on(event, () => given.abort());
  process.stderr.write(question);
  try {
    const answer = await lines.question('', { signal: AbortSignal.any([signal, given.signal]) });
    return Buffer.from(answer, 'utf8');
  } catch (cause) {
    throw new Failure('CANCELLED', { during: 'asking for the passphrase' }, { cause });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
