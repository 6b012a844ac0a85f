import type { BundleManifest } from '../../../shared/contract/bundle.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { UnitFile } from '../../drivers/driver.ts';
import { accept, type Circumstances, type Overridden } from './acceptance.ts';
import { invalid } from './archive.ts';
import type { BundleSource } from './exact-reader.ts';
import { NotMinisign } from './minisign-lines.ts';
import type { PublicKey } from './public-key.ts';
import { readBundle } from './read-bundle.ts';
import { isSignedBy, parseSignature, type Signature, signerOf } from './signature.ts';

export interface VerifyOptions extends Circumstances {
  /** The project's. */
  trustedKeys: readonly PublicKey[];
}

export interface VerifiedBundle {
  manifest: BundleManifest;
  /** In the manifest's order, each with the hash that was signed. */
  files: UnitFile[];
  /** Id of the key that signed, and what it signed beside the manifest. */
  key: string;
  trustedComment: string;
  /** Who let a lower counter pass, where that was needed: goes into the record. */
  overridden: Overridden | null;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The files of a bundle that may go to the unit, or why not: BUNDLE_INVALID, BUNDLE_UNTRUSTED, BUNDLE_WRONG_PRODUCT,
 * BUNDLE_EXPIRED, BUNDLE_APP_TOO_OLD, BUNDLE_ROLLBACK. Writes nothing. A stream must end or fail in its own time; it
 * is closed whatever comes of it.
 */
export async function verifyBundle(
  source: BundleSource,
  { trustedKeys, ...circumstances }: VerifyOptions,
): Promise<VerifiedBundle> {
  let signature: Signature | undefined;
  const { manifest, files, passed } = await readBundle(source, {
    signature: (message, found) => {
      if (!found) throw invalid('it is not signed');
      signature = readSignature(found);
      trust(signature, message, trustedKeys);
    },
    manifest: (read) => accept(read, circumstances),
  });
  if (!signature) throw invalid('it is not signed');
  const { trustedComment } = signature;
  return { manifest, files, key: signerOf(signature), trustedComment, overridden: passed };
}

function readSignature(bytes: Uint8Array): Signature {
  try {
    return parseSignature(strict.decode(bytes));
  } catch (cause) {
    const detail = cause instanceof NotMinisign ? cause.message : 'it is not text';
    throw new Failure('BUNDLE_INVALID', { detail: `its signature cannot be read: ${detail}` }, { cause });
  }
}

function trust(signature: Signature, message: Uint8Array, trustedKeys: readonly PublicKey[]): void {
  const key = signerOf(signature);
  // Eight bytes name a key, they do not make it: two keys may bear the same id.
  const candidates = trustedKeys.filter(({ id }) => id === key);
  if (candidates.length === 0) throw new Failure('BUNDLE_UNTRUSTED', { key });
  if (!candidates.some((candidate) => isSignedBy(candidate, signature, message))) {
    throw invalid('its signature does not belong to its manifest');
  }
}
