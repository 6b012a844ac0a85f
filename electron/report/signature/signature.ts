import { Failure } from '../../../shared/contract/failure.ts';
import { refused, signerIn } from './key-file.ts';
import { prepare, signatureRoom } from './placeholder.ts';

export interface PdfSignature {
  /** The bytes of a PKCS#12 file (.p12, .pfx) with an RSA key and its certificate. */
  p12: Uint8Array;
  passphrase: string;
  /** Printed by viewers. */
  reason?: string;
  /** When it is signed, ms since 1970. */
  at: number;
}

/**
 * A PDF of ours, signed (adbe.pkcs7.detached, SHA-256 with RSA); the document itself stays byte for byte in front of the
 * signature, and what was PDF/A stays PDF/A. The same file, key and time give the same bytes. KEY_INVALID.
 */
export async function signPdf(
  pdf: Uint8Array,
  { p12, passphrase, reason = 'Issued', at }: PdfSignature,
): Promise<Uint8Array> {
  // A tenth of a second to load: only who signs waits for them.
  const [{ default: forge }, { P12Signer }] = await Promise.all([
    import('node-forge'),
    import('@signpdf/signer-p12'),
  ]);
  const { name } = signerIn(forge, { p12, passphrase, at });
  const { bytes, hexAt } = prepare(pdf, { reason, name, at });
  const covered = Buffer.concat([
    bytes.subarray(0, hexAt - 1),
    bytes.subarray(hexAt + signatureRoom * 2 + 1),
  ]);
  // A new one for each signature: it reads its copy of the file only once.
  const signer = new P12Signer(p12, { passphrase });
  const signature = await signer.sign(covered, new Date(at)).catch((cause: unknown) => {
    throw refused('no signature could be made with it', cause);
  });
  if (signature.length > signatureRoom) {
    const detail = `its certificates have ${signature.length} bytes, more than the ${signatureRoom} there may be`;
    throw new Failure('KEY_INVALID', { key: 'for the signature (PKCS#12)', detail });
  }
  bytes.write(signature.toString('hex'), hexAt, 'latin1');
  return new Uint8Array(bytes);
}
