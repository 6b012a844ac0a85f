import { z } from 'zod';
import type { StoredEvent } from '../chain/chain.ts';
import { CertificateFacts } from '../contract/certificate.ts';
import { HardwareId, Sha256 } from '../contract/devices.ts';
import { RecordingId } from '../contract/recordings.ts';
import { type DossierManifest, signatureName } from './manifest.ts';

/** What the journal says of a file when it was issued. */
interface Issued {
  sha256: string;
  /** Not said of recordings. */
  size?: number;
}

const IssuedFile = z.object({ sha256: Sha256, size: z.number().int() });
const ReportEvent = z.object({
  unit: HardwareId,
  pdf: IssuedFile,
  json: IssuedFile,
  recordings: z.array(z.object({ id: RecordingId, sha256: Sha256 })).default([]),
});

/** Enters a key that the project keeps in its record; the last one counts. */
export const signerMade = 'signer.made';
const SignerMade = z.object({ publicKey: Sha256 });

/** Of a certificate's three files, where they lie. */
export const certificatePaths = (number: string): Record<'pdf' | 'dcc' | 'json', string> => ({
  pdf: `certificates/${number}/certificate.pdf`,
  dcc: `certificates/${number}/dcc.xml`,
  json: `certificates/${number}/certificate.json`,
});
export const reportPaths = (unit: string): Record<'pdf' | 'json', string> => ({
  pdf: `report/${unit}.pdf`,
  json: `record/${unit}.json`,
});

export const recordingPath = (id: string): string => `recordings/${id}.csv`;

/**
 * What the journal promises: the newest report of each unit with the recordings that it rests on, every certificate. Other issuings, such as a broker's
 * certificates, promise no part.
 */
export class Promises {
  readonly #issued = new Map<string, Issued>();
  /** Of the newest report of each unit. */
  readonly #recordings = new Map<string, { id: string; sha256: string }[]>();
  #kept: string | undefined;

  take({ kind, body }: Pick<StoredEvent, 'kind' | 'body'>): void {
    if (kind === signerMade) this.#kept = SignerMade.safeParse(body).data?.publicKey;
    if (kind === 'report.built') {
      const { success, data } = ReportEvent.safeParse(body);
      if (!success) return;
      const paths = reportPaths(data.unit);
      for (const format of ['pdf', 'json'] as const) this.#issued.set(paths[format], data[format]);
      this.#recordings.set(data.unit, data.recordings);
    }
    if (kind === 'certificate.issued') {
      const { success, data } = CertificateFacts.omit({ amendedBy: true }).loose().safeParse(body);
      if (!success) return;
      const paths = certificatePaths(data.number);
      for (const format of ['pdf', 'dcc', 'json'] as const)
        this.#issued.set(paths[format], data.files[format]);
    }
  }

  /** The first part that is missing, is not what was issued, or was never issued. */
  broken({ parts, signer }: DossierManifest): { path: string; reason: string } | undefined {
    if (signer.key === 'kept' && signer.publicKey !== this.#kept)
      return { path: signatureName, reason: "the key is not the one that the record names as the project's" };
    const listed = new Map(parts.map((part) => [part.path, part]));
    const promised = this.#all();
    for (const [path, { sha256, size }] of promised) {
      const part = listed.get(path);
      if (!part) return { path, reason: 'its issue is in the record, and it is not here' };
      if (part.sha256 !== sha256 || (size !== undefined && part.size !== size))
        return { path, reason: 'it is not the file whose issue is in the record' };
    }
    const stray = parts.find(
      ({ path }) => /^(?:certificates|report|record|recordings)\//.test(path) && !promised.has(path),
    );
    return stray && { path: stray.path, reason: 'the record knows nothing of its issue' };
  }

  #all(): Map<string, Issued> {
    const recordings = [...this.#recordings.values()].flat();
    return new Map([
      ...this.#issued,
      ...recordings.map(({ id, sha256 }) => [recordingPath(id), { sha256 }] as const),
    ]);
  }
}
