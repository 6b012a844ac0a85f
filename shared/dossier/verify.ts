import { canonical } from '../chain/canonical-json.ts';
import { crc32 } from './crc32.ts';
import { journalOf } from './journal.ts';
import {
  chainName,
  DossierManifest,
  type DossierPart,
  dossierLimits,
  manifestName,
  signatureName,
  wrongParts,
} from './manifest.ts';
import { Promises } from './promises.ts';
import { Refusal, wholeFile } from './refusal.ts';
import { fingerprintOf, isSignedBy, plainSha256, type Sha256Of, signatureBytes } from './signature.ts';
import {
  declaredSize,
  directoryLine,
  endRecord,
  localHeader,
  localHeaderBytes,
  type ZipEntry,
} from './zip.ts';

export interface VerifyOptions {
  /** Only a dossier of this signer passes: its fingerprint, lower-case hex. */
  signer?: string | undefined;
  sha256?: Sha256Of;
}

/** A part that is as it was signed; its bytes are a view into the dossier. */
export interface VerifiedPart extends DossierPart {
  bytes: Uint8Array;
}

export type DossierVerdict =
  | { ok: true; manifest: DossierManifest; fingerprint: string }
  /** The first part that is not as it was signed. */
  | { ok: false; part: string; reason: string };

/**
 * Verifies a dossier part by part: hands out each as soon as it is known to be what was signed, and returns what came
 * of the whole. A part that was handed out proves nothing of those that follow.
 */
export function* verifying(
  bytes: Uint8Array,
  { signer, sha256 = plainSha256 }: VerifyOptions = {},
): Generator<VerifiedPart, DossierVerdict> {
  try {
    const archive = new Archive(bytes);
    const text = archive.sized(manifestName, dossierLimits.manifestBytes);
    const signature = archive.named(signatureName, signatureBytes);
    const manifest = readManifest(text);
    const fingerprint = fingerprintOf(manifest.signer.publicKey);
    if (!isSignedBy(manifest.signer.publicKey, signature, text))
      throw new Refusal(signatureName, 'it is not a signature of this manifest by the key that it names');
    if (signer !== undefined && signer !== fingerprint)
      throw new Refusal(signatureName, `it was made by ${fingerprint}, not by the signer that is asked for`);
    let chain: Uint8Array | undefined;
    for (const part of manifest.parts) {
      const content = archive.signed(part, sha256);
      if (part.path === chainName) chain = content;
      yield { ...part, bytes: content };
    }
    archive.end();
    if (!chain) throw new Refusal(chainName, 'it is missing');
    judgeJournal(manifest, chain, sha256);
    return { ok: true, manifest, fingerprint };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, part: error.part, reason: error.message };
    throw error;
  }
}

/** The whole of it in one go. */
export function verifyDossier(bytes: Uint8Array, options: VerifyOptions = {}): DossierVerdict {
  const steps = verifying(bytes, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Its signature is judged next; until then nothing of it but the key is believed. */
function readManifest(bytes: Uint8Array): DossierManifest {
  let value: unknown;
  let same = false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
    same = canonical(value) === text;
  } catch (error) {
    throw new Refusal(manifestName, error instanceof Error ? error.message : String(error));
  }
  if (!same) throw new Refusal(manifestName, 'it is not in canonical form');
  const parsed = DossierManifest.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Refusal(manifestName, `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is not valid'}`);
  }
  // A text that the schema trims would be shown otherwise than it was signed.
  if (canonical(parsed.data) !== canonical(value))
    throw new Refusal(manifestName, 'a text of it begins or ends with a space');
  const wrong = wrongParts(parsed.data.parts);
  if (wrong) throw new Refusal(manifestName, `${wrong.path}: ${wrong.reason}`);
  return parsed.data;
}

/** The chain is recomputed, ends where the manifest says, and what was issued by it is what lies here. */
function judgeJournal(manifest: DossierManifest, chain: Uint8Array, sha256: Sha256Of): void {
  const encoder = new TextEncoder();
  const promises = new Promises();
  let last = { seq: 0, hash: '', at: -1 };
  for (const event of journalOf(chain, (text) => sha256(encoder.encode(text)))) {
    promises.take(event);
    last = event;
  }
  const { events, head } = manifest.chain;
  if (last.seq !== events || last.hash !== head || last.at !== manifest.at)
    throw new Refusal(chainName, `it ends with event ${last.seq}, which is not the manifest's`);
  const broken = promises.broken(manifest);
  if (broken) throw new Refusal(broken.path, broken.reason);
}

/** Walks the file from its first byte to its last and compares each with what has to be there. */
class Archive {
  readonly #bytes: Uint8Array;
  readonly #entries: [entry: ZipEntry, offset: number][] = [];
  #at = 0;

  constructor(bytes: Uint8Array) {
    if (bytes.length > dossierLimits.bytes)
      throw new Refusal(wholeFile, 'it is larger than a dossier may be');
    this.#bytes = bytes;
  }

  /** An entry whose size only its header knows: capped before anything is read. */
  sized(name: string, most: number): Uint8Array {
    if (this.#bytes.length < localHeaderBytes) throw new Refusal(wholeFile, 'it is too short for a dossier');
    const size = declaredSize(this.#bytes.subarray(this.#at, this.#at + localHeaderBytes));
    if (size > most) throw new Refusal(name, `it would be larger than the ${most} bytes that there may be`);
    return this.named(name, size);
  }

  named(name: string, size: number): Uint8Array {
    const content = this.#content(name, size);
    this.#pass(name, size, content);
    return content;
  }

  /** Its content first: that it changed says more than that a header does not fit it. */
  signed({ path, size, sha256: signed }: DossierPart, sha256: Sha256Of): Uint8Array {
    const content = this.#content(path, size);
    if (sha256(content) !== signed) throw new Refusal(path, 'its content is not what was signed');
    this.#pass(path, size, content);
    return content;
  }

  end(): void {
    const directoryAt = this.#at;
    for (const [entry, offset] of this.#entries)
      this.#expect(
        directoryLine(entry, offset),
        entry.name,
        'its line in the directory of the archive was changed',
      );
    const end = endRecord(this.#entries.length, directoryAt, this.#at - directoryAt);
    this.#expect(end, wholeFile, 'its end was changed, or more was put in');
    if (this.#at !== this.#bytes.length) throw new Refusal(wholeFile, 'something follows after its end');
  }

  #content(name: string, size: number): Uint8Array {
    const from = this.#at + localHeaderBytes + name.length;
    if (from + size > this.#bytes.length) throw new Refusal(name, 'the file ends before it does');
    return this.#bytes.subarray(from, from + size);
  }

  #pass(name: string, size: number, content: Uint8Array): void {
    const entry = { name, size, crc: crc32(content) };
    this.#entries.push([entry, this.#at]);
    this.#expect(localHeader(entry), name, 'it is not where it has to be, or its header was changed');
    this.#at += size;
  }

  #expect(wanted: Uint8Array, part: string, reason: string): void {
    for (let index = 0; index < wanted.length; index += 1)
      if (this.#bytes[this.#at + index] !== wanted[index]) throw new Refusal(part, reason);
    this.#at += wanted.length;
  }
}
