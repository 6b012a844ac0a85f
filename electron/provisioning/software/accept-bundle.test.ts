import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../bundle/bundle.fixture.ts';
import { acceptedBundle } from './accept-bundle.ts';
import { pico, project, publicText, publisher, signed, stranger } from './software.fixture.ts';
import { acceptBundle, knownBundles, trustedKeys, trustKey, withdrawKey } from './software.ts';

let place: ReturnType<typeof project>;
beforeEach(() => {
  place = project();
});
afterEach(() => place.end());

const add = async (bytes: Uint8Array, override = null as { name: string; reason: string } | null) =>
  acceptBundle(bytes, place.acceptance, override);
const use = (id: string, more: { now?: Date; override?: { name: string; reason: string } } = {}) =>
  acceptedBundle(
    id,
    { ...place.acceptance, now: more.now ?? place.acceptance.now },
    { machine: { ...pico, revision: null }, override: more.override ?? null },
  );
const why = { name: 'A. Engineer', reason: 'the newer one loses frames' };

describe('a bundle that is sound', () => {
  it('is kept byte for byte, entered in the record once, and used', async () => {
    const bytes = await signed();
    const known = await add(bytes);
    expect(known).toMatchObject({ id: createHash('sha256').update(bytes).digest('hex'), size: bytes.length });
    await add(bytes);
    expect(knownBundles(place.store)).toEqual([known]);
    expect([...place.store.events({ kind: 'bundle.accepted' })]).toHaveLength(1);
    expect(readFileSync(`${place.store.path}-bundles/${known.id}.bundle`)).toEqual(bytes);
    const { files, overridden } = await use(known.id);
    expect(files.map(({ path }) => path)).toEqual(['/plumbline/__init__.py', '/plumbline/agent.py']);
    expect(overridden).toBeNull();
    expect(place.store.verify()).toMatchObject({ ok: true });
  });

  it('is looked at again each time it is used', async () => {
    const { id } = await add(await signed());
    expect((await failureOf(use(id, { now: new Date('2028-01-01T00:00:00Z') }))).code).toBe('BUNDLE_EXPIRED');
    expect((await failureOf(use('0'.repeat(64)))).code).toBe('NOT_FOUND');
    const path = `${place.store.path}-bundles/${id}.bundle`;
    const held = readFileSync(path);
    writeFileSync(path, Buffer.concat([held, Buffer.alloc(1)]));
    expect((await failureOf(use(id))).code).toBe('FILE_UNREADABLE');
    writeFileSync(path, held);
    withdrawKey(place.store, trustedKeys(place.store)[0]?.id ?? '');
    expect((await failureOf(use(id))).code).toBe('BUNDLE_UNTRUSTED');
  });

  it('is for this machine or for another', async () => {
    const { id } = await add(
      await signed({
        hardware: [{ machine: 'ESP32*', platform: 'esp32', minRevision: null, maxRevision: null }],
      }),
    );
    expect((await failureOf(use(id))).code).toBe('BUNDLE_WRONG_PRODUCT');
  });
});

describe('a lower counter', () => {
  it('than a bundle that was accepted is refused, now and later', async () => {
    const older = await add(await signed());
    const newer = await add(await signed({ securityCounter: 7 }));
    expect(await failureOf(add(await signed({ securityCounter: 6 })))).toMatchObject({
      code: 'BUNDLE_ROLLBACK',
      params: { counter: 6, highest: 7 },
    });
    expect((await failureOf(use(older.id))).code).toBe('BUNDLE_ROLLBACK');
    expect((await use(newer.id)).overridden).toBeNull();
  });

  it('than this app’s own software is refused', async () => {
    place.acceptance.carried.securityCounter = 9;
    expect((await failureOf(add(await signed()))).params).toMatchObject({ counter: 5, highest: 9 });
  });

  it('passes with a name and a reason, which the record keeps', async () => {
    await add(await signed({ securityCounter: 7 }));
    const older = await add(await signed(), why);
    const [, event] = [...place.store.events({ kind: 'bundle.accepted' })];
    expect(event?.body).toMatchObject({ id: older.id, override: why });
    expect((await use(older.id)).overridden).toEqual({ ...why, counter: 5, highestCounterSeen: 7 });
    expect((await failureOf(add(await signed({ securityCounter: 6 }), { name: ' ', reason: '' }))).code).toBe(
      'BUNDLE_ROLLBACK',
    );
  });

  it('that was let pass is refused again once a still higher one came: nobody let it pass below that', async () => {
    await add(await signed({ securityCounter: 7 }));
    const older = await add(await signed(), why);
    expect((await use(older.id)).overridden).toMatchObject(why);
    await add(await signed({ securityCounter: 8 }));
    expect(await failureOf(use(older.id))).toMatchObject({
      code: 'BUNDLE_ROLLBACK',
      params: { counter: 5, highest: 8 },
    });
    expect((await use(older.id, { override: why })).overridden).toMatchObject({ highestCounterSeen: 8 });
  });

  it('of what was accepted before a higher one came passes when it is chosen so', async () => {
    const older = await add(await signed());
    await add(await signed({ securityCounter: 7 }));
    expect((await use(older.id, { override: why })).overridden).toMatchObject(why);
  });
});

describe('keys', () => {
  it('are trusted, named anew, withdrawn', async () => {
    const before = trustedKeys(place.store);
    expect(before).toHaveLength(1);
    const both = trustKey(place.store, { key: publicText(stranger).split('\n')[1] ?? '', name: 'Other' });
    expect(both.map(({ name }) => name)).toEqual(['Publisher', 'Other']);
    const events = place.store.head().seq;
    expect(trustKey(place.store, { key: publicText(stranger), name: 'Other' })).toEqual(both);
    expect(place.store.head().seq).toBe(events);
    expect(trustKey(place.store, { key: publicText(stranger), name: 'New name' })[1]?.name).toBe('New name');
    expect(withdrawKey(place.store, both[1]?.id.toLowerCase() ?? '')).toEqual(before);
    expect((await failureOf(add(await signed({}, undefined, stranger)))).code).toBe('BUNDLE_UNTRUSTED');
    expect(() => withdrawKey(place.store, both[1]?.id ?? '')).toThrow(/no trusted key/);
  });

  it.each(['', ' ', 'red\u001b[31m', 'x'.repeat(61)])('are not trusted under the name %j', (name) => {
    expect(() => trustKey(place.store, { key: publicText(stranger), name })).toThrow(
      expect.objectContaining({ code: 'KEY_INVALID', deviceState: 'unchanged' }),
    );
    expect(trustedKeys(place.store)).toHaveLength(1);
  });

  it('that are none, or take the id of another, are refused', () => {
    expect(() => trustKey(place.store, { key: 'RWQ', name: 'x' })).toThrow(/cannot be used/);
    const [first] = trustedKeys(place.store);
    const twin = Buffer.from(publicText(stranger).split('\n')[1] ?? '', 'base64');
    twin.set(Buffer.from(first?.key ?? '', 'base64').subarray(2, 10), 2);
    expect(() => trustKey(place.store, { key: twin.toString('base64'), name: 'twin' })).toThrow(
      /is trusted as Publisher/,
    );
    expect(publicText(publisher)).toContain(first?.key);
  });
});
