import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/contract/failure.ts';
import { content, description, failureOf, fitting, key, otherKey } from './bundle.fixture.ts';
import { publicPart } from './secret-key.ts';
import { type VerifyOptions, verifyBundle } from './verify-bundle.ts';
import { makeBundle, signBundle } from './write-bundle.ts';

const { bytes: unsigned } = makeBundle(description, content);
const { bytes: bundle } = await signBundle(unsigned, key);

it('hands out exactly the files that were put in, and who signed them', async () => {
  const { manifest, files, key: signer, overridden, trustedComment } = await verifyBundle(bundle, fitting);
  expect(manifest).toMatchObject({ ...description, files: files.map(({ path }) => ({ path })) });
  expect(new Map(files.map(({ path, bytes }) => [path, Buffer.from(bytes)]))).toEqual(
    new Map([...content].map(([path, bytes]) => [path, Buffer.from(bytes)])),
  );
  expect([signer, overridden]).toEqual([publicPart(key).id, null]);
  expect(trustedComment).toBe('product:edge-agent\tversion:1.4.0\tcounter:7');
});

it('takes a stream in pieces of any length', async () => {
  for (const length of [1, 7, 511, 512, 513, 100_000]) {
    const pieces = async function* () {
      for (let from = 0; from < bundle.length; from += length) yield bundle.subarray(from, from + length);
    };
    expect((await verifyBundle(pieces(), fitting)).files).toHaveLength(content.size);
  }
});

it('is the same bytes however often it is made, in whatever order the files come', async () => {
  const reversed = makeBundle(description, new Map([...content].reverse())).bytes;
  expect(reversed).toEqual(unsigned);
  expect((await signBundle(reversed, key)).bytes).toEqual(bundle);
});

it('is signed anew in place of the signature that it had', async () => {
  const { bytes } = await signBundle(bundle, otherKey);
  expect((await failureOf(verifyBundle(bytes, fitting))).code).toBe('BUNDLE_UNTRUSTED');
  expect((await signBundle(bytes, key)).bytes).toEqual(bundle);
});

const pico = { machine: 'Raspberry Pi Pico', platform: 'rp2', revision: 2 };
const mine = publicPart(key);
const other = publicPart(otherKey);
const refused: [what: string, changed: Partial<VerifyOptions>, code: FailureCode, params: object][] = [
  ['no trusted key', { trustedKeys: [] }, 'BUNDLE_UNTRUSTED', { key: mine.id }],
  ['another key', { trustedKeys: [other] }, 'BUNDLE_UNTRUSTED', { key: mine.id }],
  ['another key of the same id', { trustedKeys: [{ ...other, id: mine.id }] }, 'BUNDLE_INVALID', {}],
  ['the key under another id', { trustedKeys: [{ ...mine, id: other.id }] }, 'BUNDLE_UNTRUSTED', {}],
  ['another product', { product: 'edge' }, 'BUNDLE_WRONG_PRODUCT', { found: 'edge-agent' }],
  ['another machine', { machine: { ...pico, machine: 'ESP32' } }, 'BUNDLE_WRONG_PRODUCT', {}],
  ['another platform', { machine: { ...pico, platform: 'esp32' } }, 'BUNDLE_WRONG_PRODUCT', {}],
  ['an unknown platform', { machine: { ...pico, platform: null } }, 'BUNDLE_WRONG_PRODUCT', {}],
  ['a revision below', { machine: { ...pico, revision: 0 } }, 'BUNDLE_WRONG_PRODUCT', {}],
  ['a revision above', { machine: { ...pico, revision: 4 } }, 'BUNDLE_WRONG_PRODUCT', {}],
  ['an unknown revision', { machine: { ...pico, revision: null } }, 'BUNDLE_WRONG_PRODUCT', {}],
  ['the instant of its expiry', { now: new Date('2027-12-31T00:00:00.000Z') }, 'BUNDLE_EXPIRED', {}],
  ['a clock that says nothing', { now: new Date(Number.NaN) }, 'BUNDLE_EXPIRED', {}],
  ['an older app', { appVersion: '0.1.0-rc.1' }, 'BUNDLE_APP_TOO_OLD', { needed: '0.1.0' }],
  ['a higher counter seen', { highestCounterSeen: 8 }, 'BUNDLE_ROLLBACK', { counter: 7, highest: 8 }],
  [
    'an override without a reason',
    { highestCounterSeen: 8, override: { name: 'A. B.', reason: ' ' } },
    'BUNDLE_ROLLBACK',
    {},
  ],
  [
    'an override of nobody',
    { highestCounterSeen: 8, override: { name: '', reason: 'x' } },
    'BUNDLE_ROLLBACK',
    {},
  ],
];

describe('a sound bundle is refused for', () => {
  it.each(refused)('%s', async (_what, changed, code, params) => {
    const failure = await failureOf(verifyBundle(bundle, { ...fitting, ...changed }));
    expect(failure).toMatchObject({ code, params, deviceState: 'unchanged' });
    expect(failure.message).not.toMatch(/\{\w+\}/);
  });

  it('having no signature', async () => {
    expect(await failureOf(verifyBundle(unsigned, fitting))).toMatchObject({
      code: 'BUNDLE_INVALID',
      params: { detail: 'it is not signed' },
    });
  });
});

describe('a sound bundle is taken', () => {
  const override = { name: 'A. B.', reason: 'field test' };
  const taken: [what: string, changed: Partial<VerifyOptions>, overridden: object | null][] = [
    ['a millisecond before its expiry', { now: new Date('2027-12-30T23:59:59.999Z') }, null],
    ['with the same counter', { highestCounterSeen: 7 }, null],
    ['with a higher counter', { highestCounterSeen: 6 }, null],
    ['where no counter was seen', { highestCounterSeen: null }, null],
    [
      'with a lower counter, by name and reason',
      { highestCounterSeen: 8, override },
      { ...override, counter: 7, highestCounterSeen: 8 },
    ],
    ['with an override that was not needed, which is not recorded', { override }, null],
    ['at the ends of the revisions', { machine: { ...pico, revision: 3 } }, null],
    ['by one of two keys of the same id', { trustedKeys: [{ ...other, id: mine.id }, mine] }, null],
    ['where nothing is asked', { product: null, machine: null }, null],
  ];

  it.each(taken)('%s', async (_what, changed, overridden) => {
    expect((await verifyBundle(bundle, { ...fitting, ...changed })).overridden).toEqual(overridden);
  });
});
