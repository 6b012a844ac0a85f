import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { DossierFacts } from '../../shared/contract/certificate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Host } from '../host/host.ts';
import type { Context } from './command.ts';
import { type PlacedFile, placeFile } from './folder.ts';
import { failureLines } from './output.ts';

export interface PlacedDossier {
  file: PlacedFile;
  signer: string;
}

/**
 * The dossier of what a run did, as `dossier.plumbz` in its folder. Null where none can be made, such as without the
 * passphrase of the project's secrets: that is said, and what was issued stays issued.
 */
export async function leaveDossier(
  host: Host,
  folder: string,
  context: Context,
): Promise<PlacedDossier | null> {
  try {
    const facts = await host.call('dossier.build', {});
    return { file: await placeDossier(host, facts, join(folder, 'dossier.plumbz')), signer: facts.signer };
  } catch (thrown) {
    context.say('no dossier was made; "plumb dossier build" makes it later');
    for (const line of reasonLines(thrown)) context.say(line);
    return null;
  }
}

/** A passphrase that nobody gave is wrong usage, which a run that is over is not ended for. */
function reasonLines(thrown: unknown): string[] {
  if (thrown instanceof InvalidArgumentError) return [thrown.message];
  const failure = Failure.from(thrown);
  if (failure.code === 'INTERNAL') throw thrown;
  return failureLines(failure.toJSON(), { unitIsMeant: false });
}

/** Writes a dossier of the job, as the host has it, under this name. */
export async function placeDossier(host: Host, { sha256 }: DossierFacts, path: string): Promise<PlacedFile> {
  const pieces: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const piece: { base64: string; next: number | null } = await host.call('dossier.read', {
      sha256,
      offset,
    });
    pieces.push(Buffer.from(piece.base64, 'base64'));
    offset = piece.next;
  }
  return placeFile(path, Buffer.concat(pieces));
}

/** The fingerprint as people compare it: 64 hex digits in eights. */
export const fingerprintLine = (fingerprint: string): string =>
  `signer ${fingerprint.replace(/(.{8})(?=.)/g, '$1 ')}`;
