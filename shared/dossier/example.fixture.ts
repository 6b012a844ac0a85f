import { getPublicKey, sign } from '@noble/ed25519';
import { bytesToHex } from '@noble/hashes/utils.js';
import { canonical } from '../chain/canonical-json.ts';
import { beforeFirst, lineOf, linkText, type StoredRow } from '../chain/chain.ts';
import type { DossierManifest } from './manifest.ts';
import { manifestBytes } from './manifest.ts';
import { type Part, packDossier } from './pack.ts';
import { certificatePaths, reportPaths } from './promises.ts';
import { plainSha256 } from './signature.ts';

const encoder = new TextEncoder();
export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
export const exampleKey = new Uint8Array(32).fill(7);
const facts = (bytes: Uint8Array) => ({ sha256: plainSha256(bytes), size: bytes.length });

/** A chain of these events, a second apart. */
export function rowsOf(events: readonly { kind: string; subject: string; body: unknown }[]): StoredRow[] {
  const rows: StoredRow[] = [];
  for (const [index, { kind, subject, body }] of events.entries()) {
    const link = {
      seq: index + 1,
      at: 1_700_000_000_000 + index * 1000,
      kind,
      subject,
      body: canonical(body),
      previous: rows.at(-1)?.hash ?? beforeFirst,
    };
    rows.push({ ...link, hash: plainSha256(bytesOf(linkText(link))) });
  }
  return rows;
}

export interface Example {
  rows: StoredRow[];
  parts: Part[];
  manifest: DossierManifest;
}

/** A job of one unit with a report and a certificate. */
export function example(content = 'a report', certificateJson: Uint8Array = bytesOf('{}')): Example {
  const unit = 'e6616407e3496e28';
  const number = 'PL-1';
  const files = {
    pdf: bytesOf(`${content}, as a page`),
    json: bytesOf(`{"record":${JSON.stringify(content)}}`),
    certificate: bytesOf('a certificate'),
    dcc: bytesOf('<dcc/>'),
    facts: certificateJson,
  };
  const report = { id: 'r', unit, at: 1, pdf: facts(files.pdf), json: facts(files.json) };
  const certificate = {
    number,
    unit,
    wizard: 'w2',
    channel: 't1',
    at: 2,
    amends: null,
    verdict: 'pass',
    signed: false,
    files: { pdf: facts(files.certificate), dcc: facts(files.dcc), json: facts(files.facts) },
  };
  const rows = rowsOf([
    { kind: 'job.created', subject: 'job', body: { name: 'Pump house 3' } },
    { kind: 'signer.made', subject: 'job', body: { publicKey: bytesToHex(getPublicKey(exampleKey)) } },
    // A broker's certificate bears the same name in the record, and is no part.
    {
      kind: 'certificate.issued',
      subject: 'broker',
      body: { subject: 'CN=b', fingerprint: 'f', notAfter: 3 },
    },
    { kind: 'certificate.issued', subject: unit, body: certificate },
    { kind: 'report.built', subject: unit, body: report },
  ]);
  const [reports, certificates] = [reportPaths(unit), certificatePaths(number)];
  const parts: Part[] = [
    { path: certificates.json, type: 'application/json', bytes: files.facts },
    { path: certificates.pdf, type: 'application/pdf', bytes: files.certificate },
    { path: certificates.dcc, type: 'application/xml', bytes: files.dcc },
    { path: 'chain.jsonl', type: 'application/jsonl', bytes: chainBytes(rows) },
    { path: reports.json, type: 'application/json', bytes: files.json },
    { path: reports.pdf, type: 'application/pdf', bytes: files.pdf },
  ];
  return { rows, parts, manifest: manifestOf(parts, rows) };
}

export const chainBytes = (rows: readonly StoredRow[]): Uint8Array =>
  bytesOf(rows.map((row) => `${lineOf(row)}\n`).join(''));

export function manifestOf(parts: readonly Part[], rows: readonly StoredRow[]): DossierManifest {
  const last = rows.at(-1);
  return {
    dossier: 1,
    software: { name: 'Plumbline', version: '0.1.0' },
    at: last?.at ?? 0,
    job: { name: 'Pump house 3', engineer: 'Ada', customer: '' },
    simulated: false,
    units: [{ unit: 'e6616407e3496e28', tag: 'TT-101' }],
    chain: { events: rows.length, head: last?.hash ?? '' },
    signer: { algorithm: 'Ed25519', publicKey: bytesToHex(getPublicKey(exampleKey)), key: 'kept' },
    parts: parts.map(({ path, type, bytes }) => ({ path, type, ...facts(bytes) })),
  };
}

/** Signed and packed, whatever it holds. */
export function packed(
  { manifest, parts }: Pick<Example, 'manifest' | 'parts'>,
  key: Uint8Array = exampleKey,
): Uint8Array {
  const text = manifestBytes(manifest);
  return packDossier(text, sign(text, key), parts);
}
