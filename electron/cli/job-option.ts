import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import { type Input, type Option, text } from './command.ts';
import { pathOf } from './places.ts';

export const jobOption: Option = {
  flags: '--job <file>',
  description: 'the project file, or the folder that "plumb run --out" made',
  required: true,
};

/** A project that is there: nothing is made by asking for it. FILE_UNREADABLE. */
export function jobOf(input: Input): string {
  const given = pathOf(text(input, 'job'));
  const path = statSync(given, { throwIfNoEntry: false })?.isDirectory() ? join(given, 'job.plumb') : given;
  if (existsSync(path)) return path;
  throw new Failure('FILE_UNREADABLE', { path, detail: 'it is not there' });
}
