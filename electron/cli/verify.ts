import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { Failure } from '../../shared/contract/failure.ts';
import { verifyProject } from '../host/tools.ts';
import type { Command } from './command.ts';
import { pathOf } from './places.ts';

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'recompute the hash chain of a project file',
  arguments: [{ name: 'job', description: 'the project file' }],
  example: 'plumb verify commissioning/job.plumb',
  run: async (input, context) => {
    const path = pathOf(input.arguments[0] ?? '');
    demandFile(path);
    const verification = verifyProject(path);
    if (verification.ok) {
      const { events, head } = verification;
      context.answer({ ...verification, path }, [
        `${path}: all ${events} events are as written; head ${head}.`,
      ]);
      return 0;
    }
    const where = verification.seq > 0 ? `event ${verification.seq}` : 'the file';
    context.answer({ ...verification, path }, [
      `${path}: ${where} is not as it was written: ${verification.reason}.`,
      'What to do: keep the file as it is and compare it with your backup.',
    ]);
    return 1;
  },
};

/** A wrong path is no damaged project: nobody needs a backup for it. */
function demandFile(path: string): void {
  const unreadable = (detail: string, cause?: unknown): Failure =>
    new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  let facts: Stats;
  try {
    facts = statSync(path);
    accessSync(path, constants.R_OK);
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw unreadable(reasons[code] ?? message, cause);
  }
  if (facts.isDirectory()) throw unreadable('it is a folder');
  if (!facts.isFile()) throw unreadable('it is a device or a pipe, not a file');
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'it is not there',
  EACCES: 'this user may not read it',
};
