import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DossierFacts } from '../../shared/contract/certificate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { makeFolder } from '../files/files.ts';
import { buildDossier } from '../report/dossier/dossier.ts';
import { place } from '../report/write-report.ts';
import type { JobStore, StoredEvent } from '../store/job-store.ts';
import { fileAsIssued, issuedCertificates, issuedReports } from './dossier-sources.ts';
import { demandSound, describedAs } from './job.ts';
import type { Handlers } from './server.ts';
import type { Services } from './services.ts';
import { signingKey } from './signing.ts';

const built = 'dossier.built';
/** So much of a dossier goes into one message: base64 makes 4 MiB of it, and live frames still pass between. */
export const chunkBytes = 3 << 20;

export const dossiersOf = (store: JobStore): DossierFacts[] =>
  [...store.events({ kind: built })].map(({ body }) => DossierFacts.parse(body));

const fileOf = (jobPath: string, sha256: string): string =>
  join(`${jobPath}.dossiers`, sha256, 'dossier.plumbz');

/** The events up to the last that is not of a dossier's own making: a job that was left alone has one dossier. */
function stateOf(store: JobStore): StoredEvent[] {
  const events = [...store.events()];
  const last = events.findLastIndex(({ kind }) => kind !== built);
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
  const key = await signingKey(store, vault);
  const path = (sha256: string): string => fileOf(options.jobPath, sha256);
  const { bytes, parts } = demandSize(path('…'), () =>
    buildDossier({
      version: options.version,
      job: describedAs(store),
      events: stateOf(store),
      reports,
      certificates,
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
  store.append({ kind: built, subject: 'job', body: facts });
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
  if (newest?.kind !== built) return null;
  const facts = DossierFacts.parse(newest.body);
  return fileAsIssued(fileOf(options.jobPath, facts.sha256), facts.sha256).then(
    () => facts,
    // It was thrown away or changed: it is made again.
    () => null,
  );
}

/** The whole of a dossier of this job. NOT_FOUND, FILE_UNREADABLE. */
export async function readDossier({ store, options }: Services, sha256: string): Promise<Buffer> {
  if (!dossiersOf(store).some((facts) => facts.sha256 === sha256))
    throw new Failure('NOT_FOUND', { thing: 'dossier', id: sha256.slice(0, 8) });
  return fileAsIssued(fileOf(options.jobPath, sha256), sha256);
}

/** Dossiers over the contract. */
export function dossierHandlers(
  services: Services,
): Pick<Handlers, 'dossier.build' | 'dossier.list' | 'dossier.read' | 'dossier.verifier'> {
  return {
    'dossier.build': () => makeDossier(services),
    'dossier.list': () => dossiersOf(services.store),
    'dossier.read': async ({ sha256, offset }) => {
      const bytes = await readDossier(services, sha256);
      const end = Math.min(offset + chunkBytes, bytes.length);
      return {
        name: 'dossier.plumbz',
        base64: bytes.toString('base64', Math.min(offset, end), end),
        next: end < bytes.length ? end : null,
      };
    },
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
