import { InvalidArgumentError } from 'commander';
import { RollbackOverride } from '../../shared/contract/bundle.ts';
import { type Input, type Option, text } from './command.ts';

/** Who lets a bundle of a lower counter pass, and why. */
export const overrideOptions: readonly Option[] = [
  { flags: '--override-name <name>', description: 'who lets a lower security counter pass' },
  { flags: '--override-reason <text>', description: 'and why; a project keeps both in its record' },
];

/** Null where nobody does. Half of it, or what no record could keep, is wrong usage. */
export function overrideOf(input: Input): RollbackOverride | null {
  const [name, reason] = [input.options.overrideName, input.options.overrideReason];
  if (name === undefined && reason === undefined) return null;
  if (name === undefined || reason === undefined) {
    throw new InvalidArgumentError('an override needs both --override-name and --override-reason');
  }
  const given = { name: text(input, 'overrideName'), reason: text(input, 'overrideReason') };
  const parsed = RollbackOverride.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(
    'an override needs a name of 1 to 60 letters and a reason of 1 to 400, without control characters',
  );
}
