// Whatever is wrong with a bundle, it is refused with the reason, and the project does not get a byte of it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/contract/failure.ts';
import { canonical } from '../../store/canonical-json.ts';
import { headerOf, manifestName } from '../bundle/archive.ts';
import { archive, failureOf } from '../bundle/bundle.fixture.ts';
import type { BundleSource } from '../bundle/bundle.ts';
import { formatSignature, signMessage } from '../bundle/signature.ts';
import { everythingIn, project, publisher, signed, stranger, withFiles } from './software.fixture.ts';
import { acceptBundle } from './software.ts';

let place: ReturnType<typeof project>;
let before: string[];
beforeAll(async () => {
  place = project();
  await acceptBundle(await signed({ version: '1.3.0', securityCounter: 4 }), place.acceptance, null);
  before = everythingIn(place.folder);
});
afterEach(() => expect(everythingIn(place.folder)).toEqual(before));
afterAll(() => place.end());

const refused = (source: BundleSource): Promise<Failure> =>
  failureOf(acceptBundle(source, place.acceptance, null));
const sound = await signed();

/** Signed by the publisher although no program of ours would write it. */
function signedManifest(
  change: (manifest: Record<string, unknown>) => unknown,
  files: [string, Uint8Array][] = [],
): Buffer {
  const start = 512;
  const size = Number.parseInt(sound.toString('latin1', 124, 135), 8);
  const manifest = JSON.parse(sound.toString('utf8', start, start + size)) as Record<string, unknown>;
  const text = Buffer.from(canonical(change(manifest)));
  const signature = Buffer.from(formatSignature(signMessage(text, 'made here', publisher)));
  return archive([manifestName, text], ['manifest.json.minisig', signature], ...files);
}

const oneFile =
  (path: string, size = 1) =>
  (manifest: Record<string, unknown>) => ({
    ...manifest,
    files: [{ path, size, sha256: '0'.repeat(64) }],
  });

it('any byte changed', { timeout: 120_000 }, async () => {
  for (let at = 0; at < sound.length; at++) {
    const bytes = Buffer.from(sound);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    const { code, params } = await refused(bytes);
    expect(['BUNDLE_INVALID', 'BUNDLE_UNTRUSTED'], `byte ${at}`).toContain(code);
    expect(String(params.detail ?? params.key).length).toBeGreaterThan(5);
  }
});

describe('refused with its reason', () => {
  it.each<[what: string, make: () => Promise<Buffer> | Buffer, code: string, words: RegExp]>([
    [
      'the wrong product',
      () => signed({ product: 'pump-agent' }),
      'BUNDLE_WRONG_PRODUCT',
      /pump-agent, not for plumbline-agent/,
    ],
    ['a lower counter', () => signed({ securityCounter: 3 }), 'BUNDLE_ROLLBACK', /counter 3; 4 was seen/],
    ['expired', () => signed({ expires: '2026-12-31T23:59:59Z' }), 'BUNDLE_EXPIRED', /2026-12-31T23:59:59Z/],
    [
      'expired this second',
      () => signed({ expires: '2027-01-01T00:00:00Z' }),
      'BUNDLE_EXPIRED',
      /2027-01-01/,
    ],
    [
      'a newer app needed',
      () => signed({ minimumApp: '0.2.0' }),
      'BUNDLE_APP_TOO_OLD',
      /needs Plumbline 0.2.0/,
    ],
    ['another key', () => signed({}, undefined, stranger), 'BUNDLE_UNTRUSTED', /does not trust/],
    [
      'a path that climbs',
      () => signedManifest(oneFile('/plumbline/../../main.py')),
      'BUNDLE_INVALID',
      /manifest is wrong: files/,
    ],
    [
      'a path with a backslash',
      () => signedManifest(oneFile('/plumbline\\agent.py')),
      'BUNDLE_INVALID',
      /files/,
    ],
    [
      'a file of 10 GB',
      () => signedManifest(oneFile('/plumbline/agent.py', 10 * 2 ** 30)),
      'BUNDLE_INVALID',
      /files/,
    ],
    ['nothing', () => Buffer.alloc(0), 'BUNDLE_INVALID', /ends too early/],
    [
      'a bomb as gzip',
      () => gzipSync(Buffer.alloc(64 * 2 ** 20)),
      'BUNDLE_INVALID',
      /not where a bundle has it/,
    ],
    ['a bomb as zip', () => zipOf10GB(), 'BUNDLE_INVALID', /not where a bundle has it/],
    ['a header of 8 GB', () => headerOf(manifestName, 8 ** 11 - 1), 'BUNDLE_INVALID', /more than the 131072/],
  ])('%s', async (_what, make, code, words) => {
    const failure = await refused(await make());
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(words);
    expect(failure.deviceState).toBe('unchanged');
  });

  it.each([
    '/main.py',
    '/boot.py',
    '/config.json',
    '/manifest.json',
    '/secret.json',
    '/key.pem',
    '/plumbline/ca.pem',
    '/plumbline/KEY.PEM',
    '/Config.json',
    '/etc/x.py',
    '/a/plumbline/agent.py',
  ])('%s, which is not the bundle’s to bring', async (path) => {
    expect((await refused(await signed({}, withFiles(path)))).params.detail).toMatch(/is no file of a slot/);
  });

  it('software that nothing would start', async () => {
    const files = new Map([['/plumbline/other.py', Buffer.from('')]]);
    expect((await refused(await signed({}, files))).params.detail).toMatch(/agent.py is missing/);
  });
});

it('10 GB that really come are not read, and the source is let go', async () => {
  let [given, closed] = [0, false];
  const endless = (start: Uint8Array) =>
    (async function* () {
      try {
        yield start;
        for (; given < 10 * 2 ** 30; given += 65_536) yield Buffer.alloc(65_536);
      } finally {
        closed = true;
      }
    })();
  for (const start of [sound, Buffer.alloc(0), headerOf(manifestName, 1000), sound.subarray(0, 1500)]) {
    [given, closed] = [0, false];
    expect((await refused(endless(start))).code).toBe('BUNDLE_INVALID');
    expect(given, 'bytes that were asked for').toBeLessThan(2 ** 20);
    expect(closed).toBe(true);
  }
});

it('the watch over a folder sees a single byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumb-watch-'));
  try {
    writeFileSync(join(folder, 'x'), '1');
    const seen = everythingIn(folder);
    writeFileSync(join(folder, 'x'), '2');
    expect(everythingIn(folder)).not.toEqual(seen);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** A local file header (APPNOTE.TXT 4.3.7) of a member that says it unpacks to 10 GB (zip64). */
function zipOf10GB(): Buffer {
  const name = 'manifest.json';
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(45, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(0xffffffff, 18);
  head.writeUInt32LE(0xffffffff, 22);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(20, 28);
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(10n * 2n ** 30n, 4);
  extra.writeBigUInt64LE(10n * 2n ** 20n, 12);
  return Buffer.concat([head, Buffer.from(name), extra, Buffer.alloc(4096)]);
}
