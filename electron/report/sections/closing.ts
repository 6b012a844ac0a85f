import type { JobRecord } from '../../../shared/report/record.ts';
import { missingWords } from '../missing-characters.ts';
import { headingHeight, type Sheet, styles } from '../sheet.ts';
import { ink } from '../typesetter.ts';

/** What the reader may rely on, what not, and how to check it. */
function statementsOf(record: JobRecord, missing: readonly string[]): string[] {
  const bench =
    'Simulated bench: unit, reference and measurand are simulated. Nothing in this report is a measurement.';
  return [
    ...(record.bench ? [bench] : []),
    'The results relate only to the unit named, by its hardware id, at the points tested and at the time of the work.',
    'This is a commissioning report. The calibration certificate, where one was issued, is a document of its own: it states conditions, traceability and the uncertainty budget.',
    'Figures are rounded for print, errors away from zero; record.json, issued with this report, holds every digit and every reading. Times are UTC by the clock of the engineer’s computer; times of rules are seconds since the agent’s start.',
    ...missingWords(missing),
    'Reproduce only in full.',
    `Made by ${record.software.name} ${record.software.version} from event ${record.chain.seq} of the project file. Whoever holds that file can recompute the chain up to this hash:`,
  ];
}

const lineHeight = 30;
const signerHeight = lineHeight + 16;
const endHeight = 20;
const signatureHeight = headingHeight + 2 * signerHeight + endHeight;

function drawSigner(sheet: Sheet, role: string, name: string): void {
  const columns = [
    { label: role, x: sheet.left, width: sheet.width * 0.36, value: name },
    { label: 'Date', x: sheet.left + sheet.width * 0.4, width: sheet.width * 0.18, value: '' },
    { label: 'Signature', x: sheet.left + sheet.width * 0.62, width: sheet.width * 0.38, value: '' },
  ];
  for (const { label, x, width, value } of columns) {
    const line = sheet.type.break(value, styles.body, width)[0] ?? '';
    sheet.tag('P', () => {
      if (line !== '') sheet.type.line(line, x, sheet.y + lineHeight - 14, styles.body);
      sheet.type.line(label, x, sheet.y + lineHeight + 2, styles.small);
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
  sheet.y += signerHeight;
}

function drawSignature(sheet: Sheet, record: JobRecord): void {
  sheet.heading('Signed', signatureHeight - headingHeight);
  drawSigner(sheet, 'Engineer', record.job.engineer);
  drawSigner(sheet, 'Reviewed by', '');
  const text = '— End of report —';
  const left = sheet.left + (sheet.width - sheet.type.width(text, styles.small)) / 2;
  sheet.tag('P', () => sheet.type.line(text, left, sheet.y + 8, styles.small));
  sheet.y += endHeight;
}

/** The statements and the signatures under them, on one page: nobody signs a sheet with nothing else on it. */
export function closing(sheet: Sheet, record: JobRecord): void {
  const statements = statementsOf(record, sheet.type.missing);
  const { hash } = record.chain;
  const height = statements.reduce(
    (sum, text) => sum + sheet.paragraphHeight(text, styles.cell),
    sheet.paragraphHeight(hash, styles.mono),
  );
  sheet.heading('About this report', height + signatureHeight);
  for (const text of statements) sheet.paragraph(text, styles.cell);
  sheet.paragraph(hash, styles.mono);
  drawSignature(sheet, record);
}
