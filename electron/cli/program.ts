import { InvalidArgumentError, Command as Program } from 'commander';
import type { Command, ExitCode, Input } from './command.ts';
import { groups } from './groups.ts';
import { version } from './places.ts';

/**
 * The commands as commander knows them. `execute` gets the chosen one with its input. Wrong usage, help and version
 * are thrown as `CommanderError`; nothing here ends the process or writes anything but help.
 */
export function programOf(
  commands: readonly Command[],
  execute: (command: Command, input: Input) => Promise<ExitCode>,
): Program {
  const program = new Program('plumb')
    .description('Commission, calibrate and prove edge sensors from the terminal.')
    .version(version)
    .exitOverride()
    // What every command takes is understood before its name as well, and where the name was forgotten.
    .enablePositionalOptions()
    // Mistakes are printed once, in one form, by whoever catches them.
    .configureOutput({ outputError: () => undefined });
  withCommonOptions(program);
  for (const command of commands) {
    const words = command.name.split(' ');
    const parent = words.length === 1 ? program : groupOf(program, words[0] ?? '', commands);
    add(parent, words.at(-1) ?? command.name, command, execute);
  }
  return program;
}

/** A forgotten value must not make the option that follows it the value: `--out --json` names no folder. */
const valueBy =
  (parse: (text: string) => string | number) =>
  (text: string): string | number => {
    if (text.startsWith('--')) throw new InvalidArgumentError('Its value is missing.');
    return parse(text);
  };

/** `main.ts` looks for them itself, before anything can go wrong. */
const withCommonOptions = (program: Program): Program =>
  program
    .option('--json', 'print exactly one JSON document on stdout')
    .option('--verbose', 'log what happens, on stderr')
    .option('--trace', 'log also what goes over the lines, without secrets');

/** `recipe` of `recipe check`. */
function groupOf(program: Program, name: string, commands: readonly Command[]): Program {
  const existing = program.commands.find((candidate) => candidate.name() === name);
  if (existing) return existing;
  const members = commands.filter((command) => command.name.startsWith(`${name} `));
  const summary = groups[name] ?? members.map((command) => command.summary).join('; ');
  return withCommonOptions(program.command(name).description(summary));
}

function add(
  parent: Program,
  word: string,
  command: Command,
  execute: (command: Command, input: Input) => Promise<ExitCode>,
): void {
  const sub = parent.command(word).description(command.summary).allowExcessArguments(false);
  for (const { name, description } of command.arguments ?? []) sub.argument(`<${name}>`, description);
  for (const { flags, description, required, fallback, parse } of command.options ?? []) {
    const option = sub.createOption(flags, description).makeOptionMandatory(required === true);
    if (fallback !== undefined) option.default(fallback);
    if (flags.includes('<')) option.argParser(valueBy(parse ?? String));
    sub.addOption(option);
  }
  withCommonOptions(sub);
  if (command.help !== undefined) sub.addHelpText('after', `\n${command.help}`);
  sub.addHelpText('after', `\nExample:\n  ${command.example}`);
  sub.action(async () => {
    await execute(command, { arguments: sub.args, options: sub.opts() });
  });
}
