import { createHash } from 'node:crypto';
import type { BundleDescription, BundleManifest } from '../../../shared/contract/bundle.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { endOfArchive, entryBytes, entryName, manifestName, signatureName } from './archive.ts';
import { generateKey, publicPart } from './secret-key.ts';
import { formatSignature, signMessage } from './signature.ts';
import type { VerifyOptions } from './verify-bundle.ts';

export const key = generateKey();
export const otherKey = generateKey();

export const description: BundleDescription = {
  format: 'plumbline-bundle-1',
  product: 'edge-agent',
  hardware: [{ machine: 'Raspberry Pi Pico*', platform: 'rp2', minRevision: 1, maxRevision: 3 }],
  version: '1.4.0',
  securityCounter: 7,
  minimumApp: '0.1.0',
  expires: '2027-12-31T00:00:00Z',
};

export const content = new Map<string, Uint8Array>([
  ['/plumbline/agent.py', Buffer.from('def run():\n    pass\n')],
  ['/main.py', Buffer.from('import plumbline\n')],
  ['/plumbline/__init__.py', new Uint8Array()],
]);

/** A unit, an app and a time that `description` is made for. */
export const fitting: VerifyOptions = {
  trustedKeys: [publicPart(key)],
  product: 'edge-agent',
  machine: { machine: 'Raspberry Pi Pico W with RP2040', platform: 'rp2', revision: 2 },
  appVersion: '0.1.0',
  now: new Date('2027-01-01T00:00:00Z'),
  highestCounterSeen: 7,
};

export type Entry = readonly [name: string, bytes: Uint8Array];

/** What an attacker's own program would write: any entries in any order, each with a sound header. */
export const archive = (...entries: readonly Entry[]): Buffer =>
  Buffer.concat([...entries.flatMap(([name, bytes]) => entryBytes(name, bytes)), endOfArchive]);

export const signedText = (text: string): Entry[] => [
  [manifestName, Buffer.from(text)],
  [signatureName, Buffer.from(formatSignature(signMessage(Buffer.from(text), 'made here', key)))],
];

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const manifestOf = (
  files: readonly (readonly [path: string, bytes: Uint8Array])[],
): BundleManifest => ({
  ...description,
  files: files.map(([path, bytes]) => ({ path, size: bytes.length, sha256: sha256(bytes) })),
});

/** A bundle that a trusted key has signed although its paths may be anything. */
export function signedWithPaths(paths: readonly string[], text: (value: unknown) => string): Buffer {
  const files = paths.map((path): Entry => [path, Buffer.from('x')]);
  const entries = files.map(([path, bytes]): Entry => [entryName(path).slice(0, 99), bytes]);
  return archive(...signedText(text(manifestOf(files))), ...entries);
}

/** The failure that this ends with; anything else is a mistake of the test or of the code. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const outcome: unknown = await work.catch((thrown: unknown) => thrown);
  if (outcome instanceof Failure) return outcome;
  throw new Error('it did not end with a failure', { cause: outcome });
}
