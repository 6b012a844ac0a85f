import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { png } from '../../electron/report/logo/pictures.fixture.ts';
import { renderCertificate } from '../../electron/report/report.ts';
import { certificateInput } from '../../shared/report/certificate/certificate.fixture.ts';
import {
  buildCertificate,
  type CertificateRecord,
  certificateText,
  completeness,
} from '../../shared/report/certificate/certificate.ts';
import { resultRows } from '../../shared/report/certificate/result-rows.ts';
import { dccText } from '../../shared/report/dcc/dcc.ts';
import { needs } from '../needs.ts';

const customer = {
  name: '北京计量科学研究院',
  address: 'ул. Ленина 5\nΑθήνα',
  country: 'CN',
  contact: '東京 서울',
};
let folder: string;
let record: CertificateRecord;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-certificate-'));
  const input = structuredClone(certificateInput({ points: 40 }));
  Object.assign(input.calibrate.circumstances, { customer });
  Object.assign(input.laboratory ?? {}, { logo: png({ type: 6 }).toString('base64') });
  record = buildCertificate(input);
  writeFileSync(join(folder, 'certificate.pdf'), await renderCertificate(record, dccText(record)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program prints about the certificate; it must end well. */
function ran(program: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(status, `${program}: ${stdout}${stderr}`).toBe(0);
  return stdout;
}

needs('pdftotext')('a certificate read by poppler', () => {
  it('says in its text what the record says: every row, every clause, in every script', () => {
    const text = ran('pdftotext', '-layout', 'certificate.pdf', '-').replaceAll(/[ \u00a0]+/g, ' ');
    for (const run of [record.results.asFound, record.results.asLeft]) {
      const rows = resultRows(run?.evaluation ?? record.results.asFound.evaluation);
      expect(rows).toHaveLength(40);
      for (const { nominal, reference, unit, error, expandedUncertainty, coverageFactor } of rows) {
        const signed = /^[-0.]+$|^-/.test(error) ? error : `+${error}`;
        expect(text).toContain(
          ` ${nominal} ${reference} ${unit} ${signed} ± ${expandedUncertainty} ${coverageFactor} `,
        );
      }
    }
    for (const { clause } of completeness(record)) expect(text).toContain(clause);
    for (const words of [customer.name, 'ул. Ленина 5', 'Αθήνα', '東京 서울', 'End of certificate'])
      expect(text).toContain(words);
    const pages = text.split('\f').slice(0, -1);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(record.number);
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    }
  });

  it('has all its fonts inside, is tagged, and not encrypted', () => {
    const fonts = ran('pdffonts', 'certificate.pdf').trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(6);
    for (const font of fonts) expect(font).toMatch(/CID TrueType +Identity-H +yes yes yes/);
    const facts = ran('pdfinfo', 'certificate.pdf');
    expect(facts).toMatch(/^Tagged: +yes$/m);
    expect(facts).toMatch(/^Encrypted: +no$/m);
    expect(facts).toMatch(/^Metadata Stream: +yes$/m);
  });

  it('gives out the three files that are inside, whole', () => {
    expect(ran('pdfdetach', '-list', 'certificate.pdf')).toContain('3 embedded files');
    ran('pdfdetach', '-saveall', 'certificate.pdf');
    expect(readFileSync(join(folder, 'dcc.xml'), 'utf8')).toBe(dccText(record));
    expect(readFileSync(join(folder, 'certificate.json'), 'utf8')).toBe(certificateText(record));
    const lines = readFileSync(join(folder, 'readings.csv'), 'utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 2 * 40 * 10);
  });
});

needs('qpdf')('a certificate read by qpdf', () => {
  it('is sound in its structure', () => {
    const said = ran('qpdf', '--check', 'certificate.pdf');
    expect(said).toContain('No syntax or stream encoding errors found');
    expect(said).not.toMatch(/warning/i);
  });
});
