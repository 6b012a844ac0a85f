import { type CertificateRecord, completeness } from '../../../shared/report/certificate/certificate.ts';
import type { AttachedFile } from '../document-facts.ts';
import { missingWords } from '../missing-characters.ts';
import { type Sheet, styles } from '../sheet.ts';
import { drawTable } from '../table.ts';
import { ink } from '../typesetter.ts';

/** Where each thing that the standard asks for is answered: nothing is left out silently. */
export function clauses(sheet: Sheet, record: CertificateRecord): void {
  sheet.heading('What ISO/IEC 17025:2017 asks of a calibration certificate', 80);
  drawTable(sheet, {
    columns: [{ head: 'Clause', width: 48 }, { head: 'Asked', width: 150 }, { head: 'In this certificate' }],
    rows: completeness(record).map(({ clause, asks, says }) => [clause, asks, says]),
  });
}

function statementsOf(
  record: CertificateRecord,
  files: readonly AttachedFile[],
  missing: readonly string[],
): string[] {
  const bench =
    'Simulated bench: unit, reference standard and measurand are simulated. Nothing in this certificate is a measurement.';
  return [
    ...(record.bench ? [bench] : []),
    'The laboratory answers for everything in this certificate except what the customer supplied (tag, asset, location, condition). Reproduce only in full. Dates are UTC.',
    ...missingWords(missing),
    `Attached to this document for programs to read: ${files.map(({ name, description }) => `${name} (${description})`).join('; ')}.`,
    `Made by ${record.software.name} ${record.software.version} from event ${record.chain.seq} of the project file. Whoever holds that file can recompute the chain up to this hash:`,
  ];
}

const lineHeight = 30;
const endHeight = 22;

function drawAuthoriser(sheet: Sheet, { authorisedBy, dates }: CertificateRecord): void {
  const columns = [
    {
      label: authorisedBy.role === '' ? 'Authorised by' : `Authorised by: ${authorisedBy.role}`,
      x: sheet.left,
      width: sheet.width * 0.36,
      value: authorisedBy.name,
    },
    { label: 'Issued', x: sheet.left + sheet.width * 0.4, width: sheet.width * 0.18, value: dates.issued },
    { label: 'Signature', x: sheet.left + sheet.width * 0.62, width: sheet.width * 0.38, value: '' },
  ];
  for (const { label, x, width, value } of columns) {
    sheet.tag('P', () => {
      const line = sheet.type.break(value, styles.body, width)[0] ?? '';
      if (line !== '') sheet.type.line(line, x, sheet.y + lineHeight - 14, styles.body);
      sheet.type.line(
        sheet.type.break(label, styles.small, width)[0] ?? '',
        x,
        sheet.y + lineHeight + 2,
        styles.small,
      );
    });
    sheet.decorate(() => {
      const y = sheet.y + lineHeight;
      sheet.document
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(0.6)
        .strokeColor(ink)
        .stroke();
    });
  }
  sheet.y += lineHeight + 16;
}

/** What the reader may rely on, who authorised it, and the end. */
export function closing(sheet: Sheet, record: CertificateRecord, files: readonly AttachedFile[]): void {
  const statements = statementsOf(record, files, sheet.type.missing);
  const { hash } = record.chain;
  const height = statements.reduce(
    (sum, text) => sum + sheet.paragraphHeight(text, styles.cell),
    sheet.paragraphHeight(hash, styles.mono),
  );
  sheet.heading('About this certificate', height + lineHeight + 16 + endHeight);
  for (const text of statements) sheet.paragraph(text, styles.cell);
  sheet.paragraph(hash, styles.mono);
  drawAuthoriser(sheet, record);
  const text = `— End of certificate ${record.number} —`;
  const left = sheet.left + (sheet.width - sheet.type.width(text, styles.small)) / 2;
  sheet.tag('P', () => sheet.type.line(text, left, sheet.y + 8, styles.small));
  sheet.y += endHeight;
}
