import { once } from 'node:events';
import type { JobRecord } from '../../shared/report/record.ts';
import type { DocumentFacts } from './document-facts.ts';
import { Fonts, fontsBeside } from './fonts.ts';
import { drawRunningHeads, type RunningHead } from './running-head.ts';
import { sections } from './sections.ts';
import { Sheet } from './sheet.ts';
import { Typesetter } from './typesetter.ts';
import { describeDocument } from './xmp.ts';

export interface ReportOptions {
  /** `A4` unless told. */
  paper?: 'A4' | 'LETTER';
  /** Folder of the font files; `resources/fonts` unless told. */
  fontsDirectory?: string;
}

/**
 * A tagged PDF/A-3b of what `draw` puts on its sheets; the same gives the same bytes. FILE_UNREADABLE when a font is
 * missing.
 */
export async function drawPdf(
  facts: DocumentFacts,
  head: RunningHead,
  draw: (sheet: Sheet) => void,
  options: ReportOptions = {},
): Promise<Uint8Array> {
  // A fifth of a second to load: only who makes a report waits for it, not every command of the terminal.
  const { default: PDFDocument } = await import('pdfkit');
  const at = new Date(facts.at);
  const document = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    size: options.paper ?? 'A4',
    layout: facts.landscape ? 'landscape' : 'portrait',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    // None at first: else pdfkit opens Helvetica, which cannot be embedded.
    font: '',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    // pdfkit derives the file's id from these: nothing in the bytes may depend on when they are made.
    info: {
      Title: facts.title,
      Author: facts.author,
      Subject: facts.subject,
      Creator: `Plumbline ${facts.version}`,
      Producer: 'pdfkit',
      CreationDate: at,
      ModDate: at,
    },
  });
  describeDocument(document, facts);
  const chunks: Uint8Array[] = [];
  document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = once(document, 'end');
  const type = new Typesetter(document, new Fonts(document, options.fontsDirectory ?? fontsBeside));
  draw(new Sheet(document, type));
  drawRunningHeads(document, type, head);
  for (const { bytes, ...file } of facts.files ?? [])
    document.file(Buffer.from(bytes), { ...file, creationDate: at, modifiedDate: at });
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

/** The record as a PDF. */
export function renderPdf(record: JobRecord, options: ReportOptions = {}): Promise<Uint8Array> {
  const name = record.unit.settings?.tag ?? record.unit.hardwareId;
  const facts = {
    title: `Commissioning report ${name}${record.bench ? ' (simulated bench)' : ''}`,
    author: record.job.engineer,
    subject: `Report ${record.reportId}, job ${record.job.name}`,
    version: record.software.version,
    at: Date.parse(record.issuedAt),
  };
  const head = {
    bench: record.bench,
    name: `Report ${record.reportId} · ${name}`,
    note: 'Results relate only to the unit named.',
  };
  const draw = (sheet: Sheet): void => {
    for (const section of sections) section(sheet, record);
  };
  return drawPdf(facts, head, draw, options);
}
