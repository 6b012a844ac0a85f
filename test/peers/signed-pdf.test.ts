import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawPdf } from '../../electron/report/render-pdf.ts';
import { signPdf } from '../../electron/report/signature/signature.ts';
import { needs } from '../needs.ts';

let folder: string;
const facts = { title: 'Certificate', author: 'Ada', subject: 'TT-101', version: '1', at: 0 };
const head = { bench: false, name: 'TT-101', note: '' };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-signed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program prints; it must end well unless told. */
function ran(program: string, args: string[], status = 0): string {
  const { stdout, stderr, ...ended } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(ended.status, `${program}: ${stdout}${stderr}`).toBe(status);
  return stdout;
}

/** A key and certificate as OpenSSL makes them today: AES-256, PBKDF2, SHA-256. */
function p12(): Uint8Array {
  const subject = ['-subj', '/CN=Ada Engineer', '-days', '30', '-noenc'];
  ran('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-keyout',
    'key.pem',
    '-out',
    'own.pem',
    ...subject,
  ]);
  const files = ['-inkey', 'key.pem', '-in', 'own.pem', '-out', 'own.p12', '-passout', 'pass:correct horse'];
  ran('openssl', ['pkcs12', '-export', ...files]);
  return readFileSync(join(folder, 'own.p12'));
}

needs('openssl', 'pdftotext')('a PDF that was signed with a key of OpenSSL', () => {
  it('is valid to pdfsig as long as no byte of it changes, and reads as before', async () => {
    const pdf = await drawPdf(facts, head, (sheet) => sheet.paragraph('Error 0.012, U 0.030'));
    const key = { p12: p12(), passphrase: 'correct horse' };
    const signed = await signPdf(pdf, { ...key, at: Date.now() });
    writeFileSync(join(folder, 'plain.pdf'), pdf);
    writeFileSync(join(folder, 'signed.pdf'), signed);
    const said = ran('pdfsig', ['-nocert', 'signed.pdf']);
    expect(said).toContain('Signature is Valid.');
    expect(said).toContain('Total document signed');
    expect(said).toContain('Ada Engineer');
    expect(ran('pdftotext', ['signed.pdf', '-'])).toBe(ran('pdftotext', ['plain.pdf', '-']));
    const altered = Uint8Array.from(signed);
    const inside = Math.floor(pdf.length / 2);
    altered[inside] = (altered[inside] ?? 0) ^ 1;
    writeFileSync(join(folder, 'altered.pdf'), altered);
    expect(ran('pdfsig', ['-nocert', 'altered.pdf'])).toContain('Digest Mismatch');
  });
});
