import { once } from 'node:events';
import type { JobRecord } from '../../shared/report/record.ts';
import { Fonts, fontsBeside } from './fonts.ts';
import { drawRunningHeads } from './running-head.ts';
import { sections } from './sections.ts';
import { Sheet } from './sheet.ts';
import { Typesetter } from './typesetter.ts';

export interface ReportOptions {
  /** `A4` unless told. */
  paper?: 'A4' | 'LETTER';
  /** Folder of the font files; `resources/fonts` unless told. */
  fontsDirectory?: string;
}

async function newDocument(record: JobRecord, paper: 'A4' | 'LETTER'): Promise<PDFKit.PDFDocument> {
  // A fifth of a second to load: only who makes a report waits for it, not every command of the terminal.
  const { default: PDFDocument } = await import('pdfkit');
  const issued = new Date(record.issuedAt);
  const name = record.unit.settings?.tag ?? record.unit.hardwareId;
  return new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    size: paper,
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    // pdfkit derives the file's id from these: nothing in the bytes may depend on when they are made.
    info: {
      Title: `Commissioning report ${name}${record.bench ? ' (simulated bench)' : ''}`,
      Author: record.job.engineer,
      Subject: `Report ${record.reportId}, job ${record.job.name}`,
      Creator: `Plumbline ${record.software.version}`,
      Producer: 'pdfkit',
      CreationDate: issued,
      ModDate: issued,
    },
  });
}

/** The record as a tagged PDF; the same record gives the same bytes. FILE_UNREADABLE when a font is missing. */
export async function renderPdf(record: JobRecord, options: ReportOptions = {}): Promise<Uint8Array> {
  const document = await newDocument(record, options.paper ?? 'A4');
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = once(document, 'end');
  const type = new Typesetter(document, new Fonts(document, options.fontsDirectory ?? fontsBeside));
  const sheet = new Sheet(document, type);
  for (const section of sections) section(sheet, record);
  drawRunningHeads(document, type, record);
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}
