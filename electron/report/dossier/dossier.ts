import { createHash } from 'node:crypto';
import { canonical } from '../../../shared/chain/canonical-json.ts';
import { lineOf, type StoredEvent } from '../../../shared/chain/chain.ts';
import {
  certificatePaths,
  chainName,
  type DossierManifest,
  demandParts,
  manifestBytes,
  type Part,
  packDossier,
  recordingPath,
} from '../../../shared/dossier/dossier.ts';
import { publicPem, type SigningKey } from './signing-key.ts';
import { type IssuedReport, snapshotHash, unitParts } from './unit-parts.ts';

export { newSeed, type SigningKey, seedBytes, signingKeyOf } from './signing-key.ts';
export type { IssuedReport } from './unit-parts.ts';

/** A certificate's files as they were issued. */
export interface IssuedCertificate {
  number: string;
  pdf: Uint8Array;
  dcc: Uint8Array;
  json: Uint8Array;
}

export interface DossierInput {
  version: string;
  job: { name: string; engineer: string; customer: string };
  /** The journal, whole, up to the event that the dossier ends with. */
  events: Iterable<StoredEvent>;
  reports: readonly IssuedReport[];
  certificates: readonly IssuedCertificate[];
  /** CSV of the recordings that the reports rest on. */
  recordings: readonly { id: string; bytes: Uint8Array }[];
  key: SigningKey;
}

/** The same job and key give the same bytes: nothing in it is of the moment at which it is made. */
export function buildDossier(input: DossierInput): { bytes: Uint8Array; parts: number } {
  const journal = readJournal(input.events);
  const units = input.reports.map((report) => unitParts(report, journal.snapshots));
  const parts: Part[] = [
    { path: chainName, type: 'application/jsonl', bytes: journal.bytes },
    {
      path: 'signer.pem',
      type: 'application/x-pem-file',
      bytes: Buffer.from(publicPem(input.key.publicKey)),
    },
    ...units.flatMap((unit) => unit.parts),
    ...input.certificates.flatMap(certificateParts),
    ...input.recordings.map(({ id, bytes }): Part => ({ path: recordingPath(id), type: 'text/csv', bytes })),
  ];
  // As UTF-16 code units compare, whatever the language of this computer.
  parts.sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest: DossierManifest = {
    dossier: 1,
    software: { name: 'Plumbline', version: input.version },
    at: journal.last.at,
    job: { name: input.job.name, engineer: input.job.engineer, customer: input.job.customer },
    simulated: units.some(({ facts }) => facts.simulated),
    units: units.map(({ facts: { unit, tag } }) => ({ unit, tag })),
    chain: { events: journal.last.seq, head: journal.last.hash },
    signer: { algorithm: 'Ed25519', publicKey: input.key.publicKey, key: input.key.kind },
    parts: parts.map(({ path, type, bytes }) => ({
      path,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      type,
    })),
  };
  demandParts(manifest);
  const text = manifestBytes(manifest);
  return { bytes: packDossier(text, input.key.sign(text), parts), parts: parts.length };
}

function certificateParts({ number, pdf, dcc, json }: IssuedCertificate): Part[] {
  const paths = certificatePaths(number);
  return [
    { path: paths.pdf, type: 'application/pdf', bytes: pdf },
    { path: paths.dcc, type: 'application/xml', bytes: dcc },
    { path: paths.json, type: 'application/json', bytes: json },
  ];
}

interface Journal {
  bytes: Uint8Array;
  last: StoredEvent;
  snapshots: Map<string, unknown>;
}

function readJournal(events: Iterable<StoredEvent>): Journal {
  const lines: Buffer[] = [];
  const snapshots = new Map<string, unknown>();
  let last: StoredEvent | undefined;
  for (const event of events) {
    lines.push(Buffer.from(`${lineOf({ ...event, body: canonical(event.body) })}\n`));
    if (event.kind === 'unit.snapshot') snapshots.set(snapshotHash(event.body), event.body);
    last = event;
  }
  if (!last) throw new Error('a journal begins with the creation of its job');
  return { bytes: Buffer.concat(lines), last, snapshots };
}
