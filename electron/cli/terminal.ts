import { CommanderError } from 'commander';
import type { Logger } from 'pino';
import { Failure } from '../../shared/contract/failure.ts';
import type { Command, ExitCode } from './command.ts';
import { failureLines, type Output } from './output.ts';
import { programOf } from './program.ts';

export interface Terminal {
  output: Output;
  log: Logger;
  signal: AbortSignal;
}

/** Runs what was asked for; everything that can go wrong becomes an exit code and words (or JSON), never a stack. */
export async function runTerminal(
  asked: readonly string[],
  commands: readonly Command[],
  { output, log, signal }: Terminal,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  let unitIsMeant = false;
  const program = programOf(commands, async (command, input) => {
    unitIsMeant = meansUnit(command);
    code = await command.run(input, { ...output, signal, log });
    return code;
  });
  try {
    await program.parseAsync([...asked], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return wrongUsage(thrown, output);
    const failure = Failure.from(thrown);
    if (failure.code === 'INTERNAL') log.debug({ err: thrown }, 'a command failed unexpectedly');
    const lines = failureLines(failure.toJSON(), { unitIsMeant });
    output.wrong({ failure }, lines);
    return 1;
  }
}

/** It has a port to be named, or needs leave to interrupt what runs there. */
const meansUnit = ({ options = [] }: Command): boolean =>
  options.some(({ flags }) => flags.startsWith('--port') || flags.startsWith('--yes'));

/** Help and version were asked for and are no mistake. */
function wrongUsage({ exitCode, code, message }: CommanderError, output: Output): ExitCode {
  if (exitCode === 0) return 0;
  // Called without a command: commander has shown the help on stderr.
  const words = code === 'commander.help' ? 'a command is missing' : message.replace(/^error: /, '');
  output.wrong({ usage: { message: words } }, [
    `plumb: ${words}`,
    'See "plumb --help" and "plumb <command> --help".',
  ]);
  return 2;
}
