import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { Failure } from '../../shared/contract/failure.ts';
import { verifyProject } from '../host/tools.ts';
import { type Command, text } from './command.ts';
import { pathOf } from './places.ts';
import { refuseUsage } from './usage.ts';
import { answerDossier, isDossier } from './verify-dossier.ts';

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'verify a dossier part by part, or the hash chain of a project file',
  arguments: [{ name: 'file', description: 'a dossier, or a project file' }],
  options: [
    {
      flags: '--signer <fingerprint>',
      description: 'take a dossier of this signer only: 64 hex digits, spaces and colons do not matter',
      parse: signerFrom,
    },
  ],
  help: 'With --json a dossier that is sound answers {"ok":true,"parts":[...],"events":n,"head":"...","signer":"..."}, one that is not {"ok":false,"part":"...","reason":"..."} with its first wrong part.',
  example: 'plumb verify commissioning/dossier.plumbz --json',
  run: async (input, context) => {
    const path = pathOf(input.arguments[0] ?? '');
    demandFile(path);
    const signer = text(input, 'signer');
    if (await isDossier(path)) return answerDossier(path, signer === '' ? undefined : signer, context);
    if (signer !== '') return refuseUsage('--signer is for a dossier; a project is not signed', context);
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

function signerFrom(given: string): string {
  const fingerprint = given.replace(/[\s:]/g, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(fingerprint)) return fingerprint;
  throw new InvalidArgumentError('it is not a fingerprint, which has 64 hex digits');
}

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
