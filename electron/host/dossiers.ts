import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DossierFacts } from '../../shared/contract/certificate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { makeFolder } from '../files/files.ts';
import { buildDossier } from '../report/dossier/dossier.ts';
import { place } from '../report/write-report.ts';
import type { JobStore, StoredEvent } from '../store/job-store.ts';
import { builtKind, DossierPieces, dossierFile, dossiersOf } from './dossier-pieces.ts';
import { fileAsIssued, issuedCertificates, issuedRecordings, issuedReports } from './dossier-sources.ts';
import { demandSound, describedAs } from './job.ts';
import type { Handlers } from './server.ts';
import type { Services } from './services.ts';
import { signingKey } from './signing.ts';

/** The events up to the last that is not of a dossier's own making: a job that was left alone has one dossier. */
function stateOf(store: JobStore): StoredEvent[] {
  const events = [...store.events()];
  const last = events.findLastIndex(({ kind }) => kind !== builtKind);
  return events.slice(0, last + 1);
}

/** One at a time for each project: two would sign the same state with two keys. */
const building = new WeakMap<JobStore, Promise<unknown>>();

/**
 * Writes everything that was issued in the job as one signed archive and enters it in the record. Where nothing
 * happened since the last one, and its file is still as it was written, that one is meant. PROJECT_INVALID,
 * FILE_UNREADABLE where something issued was changed or is gone, SECRETS_LOCKED, FILE_UNWRITABLE.
 */
export function makeDossier(services: Services): Promise<DossierFacts> {
  const before = building.get(services.store) ?? Promise.resolve();
  const made = before.catch(() => undefined).then(() => makeNow(services));
  building.set(services.store, made);
  return made;
}

async function makeNow(services: Services): Promise<DossierFacts> {
  const { store, options, vault } = services;
  demandSound(store);
  const reports = await issuedReports(services);
  const known = await unchanged(services);
  if (known) return known;
  const certificates = await issuedCertificates(services);
  const recordings = await issuedRecordings(services);
  const key = await signingKey(store, vault);
  const path = (sha256: string): string => dossierFile(options.jobPath, sha256);
  const { bytes, parts } = demandSize(path('…'), () =>
    buildDossier({
      version: options.version,
      job: describedAs(store),
      events: stateOf(store),
      reports,
      certificates,
      recordings,
      key,
    }),
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  makeFolder(dirname(path(sha256)));
  await place(path(sha256), bytes);
  const facts: DossierFacts = {
    at: Date.now(),
    sha256,
    size: bytes.length,
    signer: key.fingerprint,
    entries: parts,
  };
  store.append({ kind: builtKind, subject: 'job', body: facts });
  return facts;
}

/** More than a dossier may hold is no fault of the program. */
function demandSize<T>(path: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof RangeError) throw new Failure('FILE_UNWRITABLE', { path, detail: error.message });
    throw error;
  }
}

/** The newest dossier, where nothing was entered in the record since and its file is there. */
async function unchanged({ store, options }: Services): Promise<DossierFacts | null> {
  const [newest] = store.events({ afterSeq: store.head().seq - 1 });
  if (newest?.kind !== builtKind) return null;
  const facts = DossierFacts.parse(newest.body);
  return fileAsIssued(dossierFile(options.jobPath, facts.sha256), facts.sha256).then(
    () => facts,
    // It was thrown away or changed: it is made again.
    () => null,
  );
}

/** Dossiers over the contract. */
export function dossierHandlers(
  services: Services,
): Pick<Handlers, 'dossier.build' | 'dossier.list' | 'dossier.read' | 'dossier.verifier'> {
  const pieces = new DossierPieces(services);
  return {
    'dossier.build': () => makeDossier(services),
    'dossier.list': () => dossiersOf(services.store),
    'dossier.read': ({ sha256, offset }) => pieces.read(sha256, offset),
    'dossier.verifier': async () => {
      const bytes = await readVerifier(services.options);
      return { name: 'verifier.html', base64: bytes.toString('base64') };
    },
  };
}

/** The page that verifies dossiers, as it was built. FILE_UNREADABLE where it was not. */
export async function readVerifier({
  resources,
  verifier = join(resources, '..', 'out', 'verifier.html'),
}: Pick<Services['options'], 'resources' | 'verifier'>): Promise<Buffer> {
  return readFile(verifier).catch((cause: unknown) => {
    throw new Failure(
      'FILE_UNREADABLE',
      { path: verifier, detail: 'it is not built; npm start and npm test build it' },
      { cause },
    );
  });
}
