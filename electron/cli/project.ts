import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Input, text } from './command.ts';
import { pathOf } from './places.ts';

export const projectOption = {
  flags: '--project <file>',
  description: 'the project file, or the folder that "plumb run --out" made',
  required: true,
};

/** The project that was named; null where none was. */
export function projectOf(input: Input): string | null {
  const given = text(input, 'project');
  if (given === '') return null;
  const path = pathOf(given);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'job.plumb') : path;
}
