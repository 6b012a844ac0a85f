import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Failure } from '../../shared/contract/failure.ts';
import { type DossierVerdict, dossierLimits, verifyDossier } from '../../shared/dossier/dossier.ts';
import type { Context, ExitCode } from './command.ts';
import { fingerprintLine } from './dossier-file.ts';

const zipStart = Buffer.from('PK\u0003\u0004', 'latin1');

/** By its first bytes, whatever it is called; by its name, whatever its first bytes became. */
export async function isDossier(path: string): Promise<boolean> {
  if (path.toLowerCase().endsWith('.plumbz')) return true;
  await using file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(zipStart.length), 0, zipStart.length, 0);
  return buffer.equals(zipStart);
}

async function bytesOf(path: string): Promise<Buffer> {
  await using file = await open(path).catch((cause: unknown) => {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  });
  if ((await file.stat()).size > dossierLimits.bytes)
    throw new Failure('FILE_UNREADABLE', { path, detail: 'it is larger than a dossier may be' });
  return file.readFile();
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every part, the chain, the signature; 1 and the first part that fails where one does. */
export async function answerDossier(
  path: string,
  signer: string | undefined,
  context: Context,
): Promise<ExitCode> {
  const verdict = verifyDossier(await bytesOf(path), { signer, sha256 });
  if (!verdict.ok) {
    context.answer({ ...verdict, path }, [
      `${path}: ${verdict.part} is not as it was signed: ${verdict.reason}.`,
      'What to do: ask whoever gave it to you for the original. Do not rely on this copy.',
    ]);
    return 1;
  }
  context.answer(answerOf(path, verdict), linesOf(path, verdict, signer !== undefined));
  return 0;
}

type Sound = Extract<DossierVerdict, { ok: true }>;

const answerOf = (path: string, { manifest, fingerprint }: Sound): object => ({
  ok: true,
  path,
  job: manifest.job,
  units: manifest.units,
  simulated: manifest.simulated,
  at: new Date(manifest.at).toISOString(),
  events: manifest.chain.events,
  head: manifest.chain.head,
  signer: fingerprint,
  publicKey: manifest.signer.publicKey,
  key: manifest.signer.key,
  parts: manifest.parts,
});

function linesOf(path: string, { manifest, fingerprint }: Sound, isDemanded: boolean): string[] {
  const { parts, chain, signer, simulated } = manifest;
  const whose =
    signer.key === 'kept'
      ? 'Compare this fingerprint with its owner by another way, or say --signer: anybody can sign as himself.'
      : 'The key was made for this dossier alone: it shows that nothing changed since, not who made it.';
  return [
    `${path}: all ${parts.length} parts are as they were signed.`,
    `${chain.events} events, head ${chain.head}`,
    fingerprintLine(fingerprint),
    ...(isDemanded ? [] : [whose]),
    ...(simulated
      ? ['There are units of the simulated bench in it: of those nothing is a measurement.']
      : []),
  ];
}
