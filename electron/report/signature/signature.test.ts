import { createHash, createVerify, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { drawPdf } from '../render-pdf.ts';
import { signedAt as at, keyFile } from './key.fixture.ts';
import { signPdf } from './signature.ts';

let pdf: Uint8Array;
const passphrase = 'correct horse';

beforeAll(async () => {
  const facts = { title: 'T', author: 'A', subject: '[0 9999999999 /Contents <0', version: '1', at };
  pdf = await drawPdf(facts, { bench: false, name: 'n', note: '' }, (sheet) => sheet.paragraph('Result'));
});

/** Bytes that the signature covers, and the signature. */
function opened(signed: Uint8Array): { covered: Buffer; cms: forge.asn1.Asn1 } {
  const text = Buffer.from(signed).toString('latin1');
  const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] *\n/.exec(text.slice(pdf.length));
  const [, first, length, second, rest] = [...(range ?? [])].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  expect(first).toBe(0);
  expect(second + rest).toBe(signed.length);
  const hex = text.slice(length + 1, second - 1);
  const covered = Buffer.concat([signed.subarray(0, length), signed.subarray(second)]);
  const padded = Buffer.from(hex, 'hex');
  // A sequence with a length of two bytes; zeros fill the room behind it.
  const der = padded.subarray(0, 4 + padded.readUInt16BE(2)).toString('latin1');
  return { covered, cms: forge.asn1.fromDer(der) };
}

describe('a signed PDF', () => {
  it('is the document, byte for byte, with a signature of all of it behind', async () => {
    const signed = await signPdf(pdf, { p12: keyFile(), passphrase, at, reason: 'Réleased ) >>' });
    expect(Buffer.from(signed.subarray(0, pdf.length)).equals(pdf)).toBe(true);
    const { covered, cms } = opened(signed);
    const message = forge.pkcs7.messageFromAsn1(cms) as forge.pkcs7.PkcsSignedData & {
      rawCapture: { authenticatedAttributes: forge.asn1.Asn1[]; signature: string };
    };
    const { authenticatedAttributes, signature } = message.rawCapture;
    const set = forge.asn1.create(
      forge.asn1.Class.UNIVERSAL,
      forge.asn1.Type.SET,
      true,
      authenticatedAttributes,
    );
    const attributes = Buffer.from(forge.asn1.toDer(set).getBytes(), 'latin1');
    const [certificate] = message.certificates;
    const key = new X509Certificate(forge.pki.certificateToPem(certificate as forge.pki.Certificate))
      .publicKey;
    const verify = createVerify('sha256').update(attributes);
    expect(verify.verify(key, Buffer.from(signature, 'latin1'))).toBe(true);
    expect(attributes.includes(createHash('sha256').update(covered).digest())).toBe(true);
  });

  it('has the same bytes for the same file, key and time, and a field that nobody sees', async () => {
    const p12 = keyFile();
    const [first, again] = [
      await signPdf(pdf, { p12, passphrase, at }),
      await signPdf(pdf, { p12, passphrase, at }),
    ];
    expect(Buffer.from(first).equals(again)).toBe(true);
    const added = Buffer.from(first).toString('latin1').slice(pdf.length);
    for (const entry of [
      '/AcroForm',
      '/Annots [',
      '/Rect [0 0 0 0]',
      '/F 132',
      '/M (D:20260601120000Z)',
      '/Prev ',
    ])
      expect(added).toContain(entry);
    expect(added).not.toContain(passphrase);
  });

  it('is signed once: another signature would be none of the document that was issued', async () => {
    const signed = await signPdf(pdf, { p12: keyFile(), passphrase, at });
    await expect(signPdf(signed, { p12: keyFile(), passphrase, at })).rejects.toThrow();
  });
});

describe('a key file that cannot be used', () => {
  const past = { notBefore: new Date(Date.UTC(2020, 0, 1)), notAfter: new Date(Date.UTC(2021, 0, 1)) };
  const later = { notBefore: new Date(Date.UTC(2026, 6, 1)) };
  test.each([
    ['an expired certificate', keyFile(past), passphrase, 'expired on 2021-01-01'],
    ['one that is not valid yet', keyFile(later), passphrase, 'not valid before 2026-07-01'],
    ['a wrong passphrase', keyFile(), 'not this one', 'passphrase is wrong'],
    ['no passphrase', keyFile(), '', 'passphrase is wrong'],
    ['no certificate', keyFile({ without: 'certificate' }), passphrase, 'no certificate'],
    ['no key', keyFile({ without: 'key' }), passphrase, 'no private key'],
    ['a short key', keyFile({ bits: 1024 }), passphrase, '1024 bits'],
    ['no PKCS#12 file', Buffer.from('-----BEGIN PRIVATE KEY-----'), passphrase, 'not a PKCS#12'],
    ['nothing at all', Buffer.alloc(0), passphrase, 'not a PKCS#12'],
    ['half of one', keyFile().subarray(0, 900), passphrase, 'damaged'],
  ])('%s', async (_, p12, given, detail) => {
    const refused = signPdf(pdf, { p12, passphrase: given, at });
    await expect(refused).rejects.toMatchObject({
      code: 'KEY_INVALID',
      params: { detail: expect.stringContaining(detail) as string },
    });
    await refused.catch((failure: Error) => {
      if (given !== '')
        expect(JSON.stringify(failure) + failure.message + String(failure.cause)).not.toContain(given);
    });
  });

  it('takes files of either cipher', async () => {
    const signed = await signPdf(pdf, { p12: keyFile({ algorithm: '3des' }), passphrase, at });
    expect(signed.length).toBeGreaterThan(pdf.length);
  });
});
