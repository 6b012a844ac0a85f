import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleLimits } from '../../../shared/contract/bundle.ts';
import { canonical } from '../../store/canonical-json.ts';
import { endOfArchive, headerOf, manifestName, signatureName } from './archive.ts';
import {
  archive,
  content,
  description,
  type Entry,
  failureOf,
  fitting,
  key,
  manifestOf,
  signedText,
  signedWithPaths,
} from './bundle.fixture.ts';
import { verifyBundle } from './verify-bundle.ts';
import { makeBundle, signBundle } from './write-bundle.ts';

const { bytes: bundle, manifest } = await signBundle(makeBundle(description, content).bytes, key);

const codeOf = async (bytes: Uint8Array): Promise<string> =>
  (await failureOf(verifyBundle(bytes, fitting))).code;
const detailOf = async (bytes: Uint8Array): Promise<unknown> => {
  const { code, params } = await failureOf(verifyBundle(bytes, fitting));
  expect(code).toBe('BUNDLE_INVALID');
  return params.detail;
};

function changed(at: number, by: number): Buffer {
  const bytes = Buffer.from(bundle);
  bytes[at] = (bytes[at] ?? 0) ^ by;
  return bytes;
}

describe('a signed bundle is refused when', () => {
  it('any one byte of it is changed, anywhere', { timeout: 60_000 }, async () => {
    for (let at = 0; at < bundle.length; at++) {
      // One bit at each place, another at the next; every bit of a byte is met in turn.
      const code = await codeOf(changed(at, 1 << (at % 8)));
      expect(['BUNDLE_INVALID', 'BUNDLE_UNTRUSTED'], `byte ${at}`).toContain(code);
    }
  });

  it('any one byte of it is any other', async () => {
    const place = fc.nat(bundle.length - 1);
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, by) => {
        expect(['BUNDLE_INVALID', 'BUNDLE_UNTRUSTED']).toContain(await codeOf(changed(at, by)));
      }),
      { numRuns: 500 },
    );
  });

  it('it ends at any earlier byte', { timeout: 60_000 }, async () => {
    for (let length = 0; length < bundle.length; length++) {
      expect(await detailOf(bundle.subarray(0, length)), `${length} bytes`).toBe('it ends too early');
    }
  });

  it('anything follows', async () => {
    for (const more of [Buffer.alloc(1), Buffer.alloc(512), Buffer.from('x'), bundle]) {
      expect(await detailOf(Buffer.concat([bundle, more]))).toBe('something follows after its end');
    }
  });

  it('bytes are put in or taken out', async () => {
    const edit = fc.record({
      at: fc.nat(bundle.length),
      out: fc.nat(600),
      put: fc.uint8Array({ maxLength: 600 }),
    });
    await fc.assert(
      fc.asyncProperty(edit, async ({ at, out, put }) => {
        const bytes = Buffer.concat([bundle.subarray(0, at), put, bundle.subarray(at + out)]);
        fc.pre(!bytes.equals(bundle));
        expect(['BUNDLE_INVALID', 'BUNDLE_UNTRUSTED']).toContain(await codeOf(bytes));
      }),
    );
  });
});

it('anything at all is refused in words, never with a crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      expect(await codeOf(bytes)).toBe('BUNDLE_INVALID');
    }),
  );
});

const signed = signedText(canonical(manifest));
const files = manifest.files.map(({ path }): Entry => [`files${path}`, content.get(path) ?? Buffer.alloc(0)]);
const [first = ['', Buffer.alloc(0)] as const, ...others] = files;

it('the archive of these tests is taken when nothing is wrong with it', async () => {
  expect((await verifyBundle(archive(...signed, ...files), fitting)).files).toHaveLength(files.length);
});

describe('an archive is refused that has', () => {
  it.each<[what: string, entries: Entry[]]>([
    ['an entry more', [...signed, ...files, ['files/more.py', Buffer.from('x')]]],
    ['an entry more in front', [['more', Buffer.from('x')], ...signed, ...files]],
    ['an entry less', [...signed, ...others]],
    ['an entry twice', [...signed, first, ...files]],
    ['another order', [...signed, ...files.toReversed()]],
    ['another name', [...signed, ['files/Main.py', first[1]], ...others]],
    ['a name that climbs', [...signed, ['files/../main.py', first[1]], ...others]],
    ['a file that is longer', [...signed, [first[0], Buffer.concat([first[1], first[1]])], ...others]],
    ['other bytes of the same length', [...signed, [first[0], Buffer.alloc(first[1].length)], ...others]],
    ['its signature first', [...signed.toReversed(), ...files]],
    ['no signature entry', [...signed.slice(0, 1), ...files]],
    ['no manifest', [...files]],
    ['nothing', []],
  ])('%s', async (_what, entries) => {
    expect(await detailOf(archive(...entries))).not.toBe('');
  });
});

describe('a size that is declared', () => {
  const tooMuch = [bundleLimits.manifestBytes + 1, 2 ** 32, 8 ** 11 - 1];

  it.each(tooMuch)('of %i bytes for the manifest is refused at its header', async (size) => {
    const taken = counted(headerOf(manifestName, size));
    expect((await failureOf(verifyBundle(taken.source(), fitting))).params.detail).toMatch(
      /more than the 131072/,
    );
    // The header, and not one chunk of the rest that never ends.
    expect(taken.chunks()).toBe(1);
  });

  it('of more digits than a header has is refused', async () => {
    expect(await detailOf(headerOf(manifestName, 10 * 2 ** 30))).toMatch(/is not where a bundle has it$/);
  });

  it('for the signature is refused at its header', async () => {
    const head = archive([manifestName, Buffer.from('{}')]).subarray(0, 1024);
    const taken = counted(Buffer.concat([head, headerOf(signatureName, 2 ** 30)]));
    expect((await failureOf(verifyBundle(taken.source(), fitting))).params.detail).toMatch(
      /more than the 1024/,
    );
    expect(taken.chunks()).toBe(1);
  });

  it.each([
    ['one file of 10 GB', [10 * 2 ** 30]],
    ['one file above the limit', [bundleLimits.fileBytes + 1]],
    ['many that are above it together', Array.from({ length: 17 }, () => 2 ** 20)],
    ['a negative one', [-1]],
    ['half a byte', [0.5]],
  ])('in a signed manifest: %s', async (_what, sizes) => {
    const named = sizes.map((size, index) => ({ path: `/f${10 + index}`, size, sha256: '0'.repeat(64) }));
    const text = JSON.stringify({ ...manifest, files: named });
    expect(await detailOf(archive(...signedText(text)))).toMatch(/^its manifest is wrong: files/);
  });

  it('as too many files is refused', async () => {
    const paths = Array.from({ length: bundleLimits.files + 1 }, (_file, index) => `/f${10_000 + index}`);
    expect(await detailOf(signedWithPaths(paths, canonical))).toMatch(/^its manifest is wrong: files/);
  });
});

/** A source that never ends, and how much of it was asked for. */
function counted(start: Uint8Array) {
  let chunks = 0;
  return {
    chunks: () => chunks,
    source: async function* () {
      for (;;) {
        chunks += 1;
        yield chunks === 1 ? start : Buffer.alloc(65_536);
      }
    },
  };
}

it('an endless tail is not read to its end, and the source is let go', async () => {
  let [closed, chunks] = [false, 0];
  const source = async function* () {
    try {
      yield bundle;
      for (;;) {
        chunks += 1;
        yield endOfArchive;
      }
    } finally {
      closed = true;
    }
  };
  expect((await failureOf(verifyBundle(source(), fitting))).code).toBe('BUNDLE_INVALID');
  expect([closed, chunks]).toEqual([true, 1]);
});

describe('a manifest that a trusted key has signed is refused with', () => {
  it.each([
    ['..', ['/../main.py']],
    ['.. in the middle', ['/a/../../main.py']],
    ['.', ['/./main.py']],
    ['a relative path', ['main.py']],
    ['no path', ['']],
    ['the root', ['/']],
    ['an empty part', ['/a//b']],
    ['a folder', ['/a/']],
    ['a backslash', ['/a\\b']],
    ['a drive', ['/C:/b']],
    ['NUL', ['/a\0b']],
    ['a line break', ['/a\nb']],
    ['a blank', ['/a b']],
    ['a hidden name', ['/.profile']],
    ['a dot at the end', ['/main.py.']],
    ['a short name of FAT', ['/MAIN~1.PY']],
    ['letters beyond ASCII', ['/m\u0430in.py']],
    ['a path too long', [`/${'a'.repeat(bundleLimits.pathLength)}`]],
    ['the same path twice', ['/main.py', '/main.py']],
    ['the same but for case', ['/MAIN.py', '/main.py']],
    ['a folder the same but for case as a file', ['/A/b.py', '/a']],
    ['a file that is also a folder', ['/a', '/a/b']],
    ['paths out of order', ['/b', '/a']],
    ['no files', []],
  ])('%s', async (_what, paths) => {
    expect(await detailOf(signedWithPaths(paths, canonical))).toMatch(/^its manifest is wrong: files/);
  });

  it('is taken with paths that are sound', async () => {
    const paths = ['/a-b/c_d/e.f.py', '/boot.py', '/main.py'];
    expect((await verifyBundle(signedWithPaths(paths, canonical), fitting)).files).toHaveLength(3);
  });

  const sound = manifestOf([['/a', Buffer.from('x')]]);
  it.each([
    ['a space more', `${canonical(sound)} `],
    ['another order of keys', JSON.stringify(sound)],
    ['a key twice', canonical(sound).replace('{', '{"expires":null,')],
    ['a key more', canonical({ ...sound, extra: 1 })],
    ['a byte order mark', `\u{feff}${canonical(sound)}`],
    ['another format', canonical({ ...sound, format: 'plumbline-bundle-2' })],
    ['a day that is not', canonical({ ...sound, expires: '2027-02-30T00:00:00Z' })],
    ['a time zone', canonical({ ...sound, expires: '2027-02-03T00:00:00+01:00' })],
    ['a version that is none', canonical({ ...sound, version: '1.4' })],
    ['a counter below 0', canonical({ ...sound, securityCounter: -1 })],
    ['revisions upside down', canonical({ ...sound, hardware: [{ ...sound.hardware[0], maxRevision: 0 }] })],
    ['no hardware', canonical({ ...sound, hardware: [] })],
    ['no JSON', 'no'],
    ['JSON too deep to read', '['.repeat(100_000)],
    ['nothing', ''],
  ])('%s', async (_what, text) => {
    expect(await detailOf(archive(...signedText(text)))).toMatch(/^its manifest is/);
  });
});
