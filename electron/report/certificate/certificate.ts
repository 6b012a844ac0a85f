import { type CertificateRecord, certificateText } from '../../../shared/report/certificate/certificate.ts';
import type { AttachedFile, DocumentFacts } from '../document-facts.ts';
import { drawPdf, type ReportOptions } from '../render-pdf.ts';
import type { Sheet } from '../sheet.ts';
import { adjustment } from './adjustment.ts';
import { budget } from './budget.ts';
import { clauses, closing } from './closing.ts';
import { head } from './head.ts';
import { readingsCsv } from './readings-csv.ts';
import { results } from './results.ts';
import { conformity, method, remarks, standards } from './statements.ts';

/** The certificate from top to bottom. A new section is one function and one line here. */
const sections: readonly ((sheet: Sheet, record: CertificateRecord) => void)[] = [
  head,
  results,
  conformity,
  standards,
  method,
  adjustment,
  budget,
  remarks,
  clauses,
];

/** Names of what travels inside of the PDF. */
const attachedNames = {
  dcc: 'dcc.xml',
  readings: 'readings.csv',
  record: 'certificate.json',
} as const;

function filesOf(record: CertificateRecord, dcc: string): AttachedFile[] {
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
  return [
    {
      name: attachedNames.dcc,
      type: 'application/xml',
      description: 'the same as a digital calibration certificate, DCC 3.3.0',
      relationship: 'Alternative',
      bytes: bytes(dcc),
    },
    {
      name: attachedNames.readings,
      type: 'text/csv',
      description: 'every reading',
      relationship: 'Data',
      bytes: bytes(readingsCsv(record)),
    },
    {
      name: attachedNames.record,
      type: 'application/json',
      description: 'the record that this certificate is made from',
      relationship: 'Source',
      bytes: bytes(certificateText(record)),
    },
  ];
}

/**
 * The certificate as a tagged PDF/A-3b on the laboratory's paper, with `dcc` (XML of the same record), readings and
 * record inside; the same record gives the same bytes. FILE_UNREADABLE when a font is missing or the logo is no picture.
 */
export function renderCertificate(
  record: CertificateRecord,
  dcc: string,
  options: Pick<ReportOptions, 'fontsDirectory'> = {},
): Promise<Uint8Array> {
  const files = filesOf(record, dcc);
  const facts: DocumentFacts = {
    title: `Calibration certificate ${record.number}${record.bench ? ' (simulated bench)' : ''}`,
    author: record.laboratory.party.name,
    subject: `${record.item.description} ${record.item.serial}, channel ${record.item.channel.id}`,
    version: record.software.version,
    at: Date.parse(record.issuedAt),
    files,
  };
  const running = {
    bench: record.bench,
    name: `Calibration certificate ${record.number} · ${record.laboratory.party.name}`,
    note: 'Results relate only to the item named. Reproduce only in full.',
  };
  const draw = (sheet: Sheet): void => {
    for (const section of sections) section(sheet, record);
    closing(sheet, record, files);
  };
  return drawPdf(facts, running, draw, { ...options, paper: record.laboratory.paper });
}
