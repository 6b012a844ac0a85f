import type { ExitCode } from './command.ts';
import type { Output } from './output.ts';

/** Refuses what a command was asked for: wrong usage, nothing was opened. */
export function refuseUsage(message: string, { wrong }: Pick<Output, 'wrong'>): ExitCode {
  wrong({ usage: { message } }, [`plumb: ${message}`]);
  return 2;
}
