import { getPublicKey } from '@noble/ed25519';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bytesOf, chainBytes, type Example, example, manifestOf, packed, rowsOf } from './example.fixture.ts';
import { type DossierManifest, manifestBytes } from './manifest.ts';
import { type Part, packDossier } from './pack.ts';
import { fingerprintOf, plainSha256 } from './signature.ts';
import { type DossierVerdict, verifyDossier, verifying } from './verify.ts';

const given = example();
const sound = packed(given);
const refused = (part: string | RegExp, reason: RegExp = /./): DossierVerdict => ({
  ok: false,
  part: expect.stringMatching(part) as unknown as string,
  reason: expect.stringMatching(reason) as unknown as string,
});
const flipped = (bytes: Uint8Array, at: number, by: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ by;
  return copy;
};
/** The parts with one put in place of that of its path; sorted, for the order is judged elsewhere. */
const withPart = ({ parts, rows }: Example, part: Part): Pick<Example, 'manifest' | 'parts'> => {
  const others = parts.filter(({ path }) => path !== part.path);
  const all = [...others, part].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { parts: all, manifest: manifestOf(all, rows) };
};

describe('a sound dossier', () => {
  it('passes part by part, in the order of its manifest', () => {
    const steps = verifying(sound);
    const paths: string[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      const { path, bytes } = step.value;
      paths.push(path);
      expect(bytes).toEqual(given.parts.find((part) => part.path === path)?.bytes);
    }
    expect(paths).toEqual(given.parts.map(({ path }) => path));
    const fingerprint = fingerprintOf(given.manifest.signer.publicKey);
    expect(step.value).toEqual({ ok: true, manifest: given.manifest, fingerprint });
  });

  it('has the same bytes when it is made again', () => expect(packed(example())).toEqual(sound));

  it('is judged by a hash that is handed in, and by the signer that is asked for', () => {
    const signer = fingerprintOf(given.manifest.signer.publicKey);
    expect(verifyDossier(sound, { signer, sha256: plainSha256 }).ok).toBe(true);
    expect(verifyDossier(sound, { signer: signer.replace(/^./, 'x') })).toEqual(
      refused('manifest.sig', /not by/),
    );
  });
});

describe('every single byte counts', () => {
  // Thousands of verifications: seconds of a quiet computer, more of one that runs other tests beside.
  test('each one flipped', { timeout: 180_000 }, () => {
    const passed: number[] = [];
    for (let at = 0; at < sound.length; at += 1) {
      // Each bit of a byte at some place, and all places: 1, 2, 4, …
      if (verifyDossier(flipped(sound, at, 1 << (at % 8))).ok) passed.push(at);
    }
    expect(passed).toEqual([]);
  });

  test('any one of a large one', () => {
    const large = packed(example('x'.repeat(300_000)));
    expect(verifyDossier(large).ok).toBe(true);
    const place = fc.integer({ min: 0, max: large.length - 1 });
    fc.assert(
      fc.property(
        place,
        fc.integer({ min: 1, max: 255 }),
        (at, by) => !verifyDossier(flipped(large, at, by)).ok,
      ),
      { numRuns: 60 },
    );
  });

  test('one left out, one put in, one put behind', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: sound.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        (at, byte) => {
          const shorter = Uint8Array.from([...sound.subarray(0, at), ...sound.subarray(at + 1)]);
          const longer = Uint8Array.from([...sound.subarray(0, at), byte, ...sound.subarray(at)]);
          return !verifyDossier(shorter).ok && !verifyDossier(longer).ok;
        },
      ),
      { numRuns: 300 },
    );
    expect(verifyDossier(Uint8Array.from([...sound, 0]))).toEqual(refused('the archive', /follows/));
  });

  test('cut off anywhere', { timeout: 180_000 }, () => {
    // Every length near the end, where least is missing, and each seventh before.
    for (let length = 0; length < sound.length; length += length < sound.length - 100 ? 7 : 1)
      if (verifyDossier(sound.subarray(0, length)).ok) expect.fail(`${length} bytes passed`);
  });
});

describe('what somebody does on purpose', () => {
  const evil = new Uint8Array(32).fill(9);
  const report = given.parts.at(-1) as Part;
  const other = { ...report, bytes: bytesOf('another report') };

  test('a part replaced', () => {
    const parts = [...given.parts.slice(0, -1), other];
    expect(verifyDossier(packed({ ...given, parts }))).toEqual(refused(report.path));
  });

  test('a part and its hash replaced, the signature left', () => {
    const { manifest, parts } = withPart(given, other);
    const signature = sound.subarray(...signatureOf(given));
    const forged = packDossier(manifestBytes(manifest), signature, parts);
    expect(verifyDossier(forged)).toEqual(refused('manifest.sig', /not a signature/));
  });

  test('all signed anew with another key: the journal still knows what was issued', () => {
    expect(verifyDossier(packed(withPart(given, other)))).toEqual(refused(report.path, /in the record/));
    const mine = { ...given.manifest.signer, publicKey: bytesToHex(getPublicKey(evil)) };
    const kept = packed({ parts: given.parts, manifest: { ...given.manifest, signer: mine } }, evil);
    expect(verifyDossier(kept)).toEqual(refused('manifest.sig', /the record names/));
    const once: DossierManifest = { ...given.manifest, signer: { ...mine, key: 'for this dossier' } };
    const resigned = packed({ parts: given.parts, manifest: once }, evil);
    // It is a sound dossier of somebody else: only who asks for the signer sees that.
    expect(verifyDossier(resigned).ok).toBe(true);
    const signer = fingerprintOf(given.manifest.signer.publicKey);
    expect(verifyDossier(resigned, { signer })).toEqual(refused('manifest.sig', /not by the signer/));
  });

  test('a part that was issued is left out, one that was not is put in', () => {
    const certificate = 'certificates/PL-1/dcc.xml';
    const parts = given.parts.filter(({ path }) => path !== certificate);
    const without = packed({ parts, manifest: manifestOf(parts, given.rows) });
    expect(verifyDossier(without)).toEqual(refused(certificate, /is not here/));
    const stray: Part = {
      path: 'certificates/PL-2/dcc.xml',
      type: 'application/xml',
      bytes: bytesOf('<dcc/>'),
    };
    expect(verifyDossier(packed(withPart(given, stray)))).toEqual(refused(stray.path, /knows nothing/));
  });

  test('a recording that a report rests on is left out, exchanged, or was never named', () => {
    const recording: Part = { path: 'recordings/r1.csv', type: 'text/csv', bytes: bytesOf('t,t1\n0,1\n') };
    const named = [{ id: 'r1', sha256: plainSha256(recording.bytes) }];
    const events = given.rows.map(({ kind, subject, body }) => ({
      kind,
      subject,
      body: JSON.parse(body) as object,
    }));
    const rows = rowsOf(
      events.map((event) =>
        event.kind === 'report.built' ? { ...event, body: { ...event.body, recordings: named } } : event,
      ),
    );
    const chained = given.parts.map((part) =>
      part.path === 'chain.jsonl' ? { ...part, bytes: chainBytes(rows) } : part,
    );
    const promised: Example = { rows, parts: chained, manifest: manifestOf(chained, rows) };
    expect(verifyDossier(packed(withPart(promised, recording))).ok).toBe(true);
    expect(verifyDossier(packed(promised))).toEqual(refused(recording.path, /is not here/));
    const exchanged = withPart(promised, { ...recording, bytes: bytesOf('t,t1\n0,2\n') });
    expect(verifyDossier(packed(exchanged))).toEqual(refused(recording.path, /not the file/));
    expect(verifyDossier(packed(withPart(given, recording)))).toEqual(
      refused(recording.path, /knows nothing/),
    );
  });

  test('two parts exchanged, one twice, one twice under a name of other case', () => {
    const [first, second, ...rest] = given.parts as [Part, Part, ...Part[]];
    expect(verifyDossier(packed({ ...given, parts: [second, first, ...rest] }))).toEqual(refused(first.path));
    for (const parts of [
      [first, first, second, ...rest],
      [{ ...first, path: first.path.toUpperCase() }, ...given.parts],
      [second, first, ...rest],
    ]) {
      const forged = packed({ parts, manifest: manifestOf(parts, given.rows) });
      expect(verifyDossier(forged)).toEqual(refused('manifest.json'));
    }
  });

  test.each([
    '../up',
    '/root',
    'a/../b',
    'a//b',
    './a',
    'a/.',
    'C:/a',
    'a\\b',
    'con./a',
    'é',
    'manifest.json',
    'x'.repeat(101),
  ])('a part called %s', (path) => {
    const stray: Part = { path, type: 'application/json', bytes: bytesOf('{}') };
    expect(verifyDossier(packed(withPart(given, stray)))).toEqual(refused('manifest.json'));
  });

  test('a part that lies where another has its folder', () => {
    for (const path of ['certificates', 'certificates/PL-1']) {
      const stray: Part = { path, type: 'application/json', bytes: bytesOf('{}') };
      expect(verifyDossier(packed(withPart(given, stray)))).toEqual(refused('manifest.json', /folder/));
    }
  });

  test('a manifest in another form, or with more in it', () => {
    const spaced = { ...given.manifest, job: { ...given.manifest.job, name: ' Pump house 3' } };
    expect(verifyDossier(packed({ ...given, manifest: spaced }))).toEqual(refused('manifest.json', /space/));
    const more = { ...given.manifest, trusted: true };
    expect(verifyDossier(packed({ ...given, manifest: more }))).toEqual(refused('manifest.json', /trusted/i));
  });

  test.each([
    ['empty', new Uint8Array()],
    ['no archive', bytesOf('%PDF-1.7 and what follows, longer than any header is')],
    ['an archive of somebody else', bytesOf(`PK\u0003\u0004${'\u0000'.repeat(100)}`)],
  ])('%s', (_, bytes) => expect(verifyDossier(bytes).ok).toBe(false));
});

describe('the journal', () => {
  const told = (rows: Example['rows']): DossierVerdict => {
    const parts = given.parts.map((part) =>
      part.path === 'chain.jsonl' ? { ...part, bytes: chainBytes(rows) } : part,
    );
    return verifyDossier(packed({ parts, manifest: manifestOf(parts, given.rows) }));
  };
  const altered = (index: number, change: object): Example['rows'] =>
    given.rows.map((row, at) => (at === index ? { ...row, ...change } : row));

  test.each([
    ['an event altered', altered(1, { body: '{}' }), /event 2: its content does not match/],
    ['its time altered', altered(3, { at: 5 }), /event 4/],
    ['an event left out', given.rows.filter((_, index) => index !== 1), /event 2 is missing/],
    ['the last left out', given.rows.slice(0, -1), /ends with event 4/],
    ['none left', [], /ends with event 0/],
    ['a body that is not canonical', altered(0, { body: '{ "name":"Pump house 3"}' }), /canonical/],
    ['another beginning', rowsOf([{ kind: 'x', subject: 'job', body: {} }]), /job\.created/],
  ])('%s', (_, rows, reason) => expect(told(rows)).toEqual(refused('chain.jsonl', reason)));

  test('its last line cut off, or no text', () => {
    for (const bytes of [
      chainBytes(given.rows).subarray(0, -1),
      Uint8Array.of(0xff, 10),
      bytesOf('null\n'),
    ]) {
      const { manifest, parts } = withPart(given, { path: 'chain.jsonl', type: 'application/jsonl', bytes });
      expect(verifyDossier(packed({ manifest, parts }))).toEqual(refused('chain.jsonl'));
    }
  });

  test('missing', () => {
    const parts = given.parts.filter(({ path }) => path !== 'chain.jsonl');
    const forged = packed({ parts, manifest: manifestOf(parts, given.rows) });
    expect(verifyDossier(forged)).toEqual(refused('chain.jsonl', /missing/));
  });
});

/** From and to of the signature in a packed dossier. */
function signatureOf({ manifest }: Pick<Example, 'manifest'>): [number, number] {
  const from = 30 + 'manifest.json'.length + manifestBytes(manifest).length + 30 + 'manifest.sig'.length;
  return [from, from + 64];
}
