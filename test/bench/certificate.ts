import { once } from 'node:events';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { readFont } from '../../electron/report/font-files.ts';
import { fontsBeside } from '../../electron/report/fonts.ts';
import { renderCertificate } from '../../electron/report/report.ts';
import { certificateInput } from '../../shared/report/certificate/certificate.fixture.ts';
import { buildCertificate } from '../../shared/report/certificate/certificate.ts';
import { resultRows } from '../../shared/report/certificate/result-rows.ts';
import { dccText } from '../../shared/report/dcc/dcc.ts';
import type { Figure } from './figure.ts';

const input = certificateInput({ points: 20 });
const rows = resultRows(buildCertificate(input).results.asFound.evaluation);

/** Record, DCC and PDF/A of about five pages, as they are issued; nothing is written. */
async function certificate(): Promise<void> {
  const record = buildCertificate(input);
  await renderCertificate(record, dccText(record));
}

/** One page by pdfkit alone: one of the tables, in one font, no tags, no attachments. */
async function plainPage(): Promise<void> {
  const document = new PDFDocument({ size: 'A4', margin: 50 });
  document.on('data', () => undefined);
  const ended = once(document, 'end');
  document.font(readFont(join(fontsBeside, 'source-sans-3-latin-400-normal.woff')) as unknown as string);
  document.fontSize(20).text('Calibration certificate').fontSize(9);
  for (const [index, row] of rows.entries()) {
    const cells = [
      row.nominal,
      row.reference,
      row.unit,
      row.error,
      row.expandedUncertainty,
      row.coverageFactor,
    ];
    for (const [column, cell] of cells.entries())
      document.text(cell, 50 + 80 * column, 120 + 16 * index, { lineBreak: false });
  }
  document.end();
  await ended;
}

async function took(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Asked: under 150 ms. The first one of a program also loads pdfkit and the fonts: its run stands first. */
export const certificateOf20: Figure = {
  name: 'certificate of 20 points found and left: record, DCC, PDF/A',
  beside: 'one page with one table of it by pdfkit alone',
  unit: 'ms',
  runs: 9,
  measure: async () => ({ ours: await took(certificate), beside: await took(plainPage) }),
};
