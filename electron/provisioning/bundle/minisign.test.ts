import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blake2b } from './blake2b.ts';
import { key, otherKey } from './bundle.fixture.ts';
import { scryptCost, sensitive } from './passphrase.ts';
import { formatPublicKey, parsePublicKey } from './public-key.ts';
import { formatSecretKey, needsPassphrase, parseSecretKey, publicPart } from './secret-key.ts';
import { formatSignature, isSignedBy, parseSignature, signMessage } from './signature.ts';

const message = Buffer.from('what is signed');
const mine = publicPart(key);

/** As minisign before 0.6 signed: the message itself. */
function legacySignature() {
  const bytes = sign(null, message, key.key);
  const global = sign(null, Buffer.concat([bytes, Buffer.from('old')]), key.key);
  return { algorithm: 'Ed', keyId: key.keyId, bytes, trustedComment: 'old', global } as const;
}

describe('a signature', () => {
  const signature = signMessage(message, 'a comment\twith fields', key);

  it('reads back as it was written, and is good for its message and key only', () => {
    const parsed = parseSignature(formatSignature(signature));
    expect(isSignedBy(mine, parsed, message)).toBe(true);
    expect(isSignedBy(mine, parsed, Buffer.from('what is signeD'))).toBe(false);
    expect(isSignedBy(publicPart(otherKey), parsed, message)).toBe(false);
    expect(isSignedBy({ ...publicPart(otherKey), id: mine.id }, parsed, message)).toBe(false);
    expect(isSignedBy({ ...mine, id: publicPart(otherKey).id }, parsed, message)).toBe(false);
  });

  it('covers its trusted comment', () => {
    expect(isSignedBy(mine, { ...signature, trustedComment: 'another' }, message)).toBe(false);
  });

  it('of the old kind is good too, and the two kinds are not mistaken for each other', () => {
    const old = parseSignature(formatSignature(legacySignature()));
    expect(isSignedBy(mine, old, message)).toBe(true);
    expect(isSignedBy(mine, { ...old, algorithm: 'ED' }, message)).toBe(false);
    expect(isSignedBy(mine, { ...signature, algorithm: 'Ed' }, message)).toBe(false);
  });

  const text = formatSignature(signature);
  it.each([
    ['nothing', ''],
    ['a free first line', text.replace('signature from', 'signature of')],
    ['a line more', `${text}\n`],
    ['no line end', text.trimEnd()],
    ['line ends of Windows', text.replaceAll('\n', '\r\n')],
    ['base64 without its end', text.replace('=', '')],
    ['base64 of the same bytes in other letters', text.replace(/.==\n$/, 'h==\n')],
    ['another algorithm', text.replace('\nRU', '\nRX')],
    ['no trusted comment', text.replace('trusted comment: a', 'comment: a')],
    ['a control character in its comment', text.replace('with', '\u001b[2J')],
  ])('with %s cannot be read', (_what, changed) => {
    expect(changed).not.toBe(text);
    expect(() => parseSignature(changed)).toThrow();
  });
});

describe('a public key', () => {
  const text = formatPublicKey(mine);

  it('reads back, also as its line alone and with other line ends', () => {
    for (const form of [text, text.trimEnd(), text.replaceAll('\n', '\r\n'), text.split('\n')[1] ?? '']) {
      const parsed = parsePublicKey(form, 'k');
      expect([parsed.id, parsed.key.equals(mine.key)]).toEqual([mine.id, true]);
    }
  });

  it.each([
    ['nothing', ''],
    ['half', text.slice(0, -20)],
    ['a line more', `${text}more\n`],
    ['another algorithm', text.replace('\nRW', '\nRX')],
  ])('that is %s is refused by name', (_what, changed) => {
    expect(() => parsePublicKey(changed, 'trusted.pub')).toThrow(
      expect.objectContaining({
        code: 'KEY_INVALID',
        params: expect.objectContaining({ key: 'trusted.pub' }),
      }),
    );
  });
});

describe('a secret key', () => {
  const cheap = { operations: 32_768n, memory: 16_777_216n };
  const passphrase = Buffer.from('Straße 7');
  const invalid = expect.objectContaining({ code: 'KEY_INVALID' });

  it('without a passphrase reads back', async () => {
    const text = await formatSecretKey(key, null);
    expect(needsPassphrase(text, 'k')).toBe(false);
    const read = await parseSecretKey(text, 'k', null);
    expect(publicPart(read).key.equals(mine.key) && publicPart(read).id === mine.id).toBe(true);
  });

  it('with one reads back with it, and only with it', async () => {
    const text = await formatSecretKey(key, passphrase, cheap);
    expect(needsPassphrase(text, 'k')).toBe(true);
    expect(publicPart(await parseSecretKey(text, 'k', passphrase)).id).toBe(mine.id);
    for (const wrong of [null, Buffer.from('Strasse 7'), Buffer.alloc(0)]) {
      await expect(parseSecretKey(text, 'k', wrong)).rejects.toEqual(invalid);
    }
  });

  it('shows nothing of itself where it has a passphrase', async () => {
    const seed = key.key.export({ format: 'der', type: 'pkcs8' }).subarray(16);
    const bytesOf = (text: string): Buffer => Buffer.from(text.split('\n')[1] ?? '', 'base64');
    expect(bytesOf(await formatSecretKey(key, null)).includes(seed)).toBe(true);
    expect(bytesOf(await formatSecretKey(key, passphrase, cheap)).includes(seed)).toBe(false);
  });

  it('that was changed in any byte is refused, except in the id of one without checksum', async () => {
    const text = await formatSecretKey(key, null);
    const bytes = Buffer.from(text.split('\n')[1] ?? '', 'base64');
    // Salt and limits mean nothing without a passphrase; the id has no checksum there, as minisign writes it.
    for (const at of [0, 1, 2, 3, 4, 5, ...Array.from({ length: 158 - 62 }, (_byte, index) => 62 + index)]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const damaged = `untrusted comment: x\n${changed.toString('base64')}\n`;
      await expect(parseSecretKey(damaged, 'k', null), `byte ${at}`).rejects.toEqual(invalid);
    }
  });

  it('with a passphrase is not taken with an empty checksum', async () => {
    const bytesOf = (text: string): Buffer => Buffer.from(text.split('\n')[1] ?? '', 'base64');
    const open = bytesOf(await formatSecretKey(key, null)).subarray(54, 126);
    const checksum = blake2b(Buffer.concat([Buffer.from('Ed'), open]), 32);
    const bytes = bytesOf(await formatSecretKey(key, passphrase, cheap));
    // The mask is an exclusive or: whoever knows the checksum can empty it without the passphrase.
    for (const [index, byte] of checksum.entries()) bytes[126 + index] = (bytes[126 + index] ?? 0) ^ byte;
    const emptied = `untrusted comment: x\n${bytes.toString('base64')}\n`;
    await expect(parseSecretKey(emptied, 'k', passphrase)).rejects.toEqual(invalid);
  });

  it('that asks for more memory than minisign ever does is refused', async () => {
    const bytes = Buffer.from((await formatSecretKey(key, passphrase, cheap)).split('\n')[1] ?? '', 'base64');
    bytes.writeBigUInt64LE(2n ** 40n, 46);
    const greedy = `untrusted comment: x\n${bytes.toString('base64')}\n`;
    await expect(parseSecretKey(greedy, 'k', passphrase)).rejects.toEqual(invalid);
  });

  it.each([
    // The first two are what libsodium documents for its sensitive and interactive limits.
    ['sensitive', sensitive, { N: 2 ** 20, r: 8, p: 1 }],
    ['interactive', { operations: 524_288n, memory: 16_777_216n }, { N: 2 ** 14, r: 8, p: 1 }],
    ['little memory', { operations: 33_554_432n, memory: 16_777_216n }, { N: 2 ** 14, r: 8, p: 64 }],
    ['few operations', { operations: 0n, memory: 2n ** 30n }, { N: 2 ** 10, r: 8, p: 1 }],
  ])('takes its limits as libsodium does: %s', (_name, limits, cost) => {
    expect(scryptCost(limits)).toEqual(cost);
  });
});
