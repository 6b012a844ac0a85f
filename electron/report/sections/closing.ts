import type { JobRecord } from '../../../shared/report/record.ts';
import { type Sheet, styles } from '../sheet.ts';
import { ink } from '../typesetter.ts';

/** What the reader may rely on, what not, and how to check it. */
export function statements(sheet: Sheet, record: JobRecord): void {
  sheet.heading('About this report');
  const words = [
    'The results relate only to the unit named, by its hardware id, at the points tested and at the time of the work.',
    'Not recorded in this version, and therefore not stated: measurement uncertainty, ambient conditions, and the certificate that makes the reference traceable. This is not an accredited calibration certificate.',
    'Figures are rounded for print, errors away from zero; record.json, issued with this report, holds every digit and every reading. Times are UTC by the clock of the engineer’s computer; times of rules are seconds since the agent’s start.',
    'Reproduce only in full.',
    `Made by ${record.software.name} ${record.software.version} from event ${record.chain.seq} of the project file. Whoever holds that file can recompute the chain up to this hash:`,
  ];
  if (record.bench) {
    words.unshift(
      'Simulated bench: unit, reference and measurand are simulated. Nothing in this report is a measurement.',
    );
  }
  for (const text of words) sheet.paragraph(text);
  sheet.paragraph(record.chain.hash, styles.mono);
}

const lineHeight = 34;

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
  sheet.y += lineHeight + 16;
}

/** Always on one page, and the end of the report is marked. */
export function signature(sheet: Sheet, record: JobRecord): void {
  sheet.room(160);
  sheet.heading('Signed', 130);
  drawSigner(sheet, 'Engineer', record.job.engineer);
  drawSigner(sheet, 'Reviewed by', '');
  const text = '— End of report —';
  sheet.y += 8;
  sheet.tag('P', () => {
    sheet.type.line(
      text,
      sheet.left + (sheet.width - sheet.type.width(text, styles.small)) / 2,
      sheet.y,
      styles.small,
    );
  });
  sheet.y += 12;
}
