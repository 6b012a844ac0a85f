import { type CertificateRecord, conditionsOf } from '../../../shared/report/certificate/certificate.ts';
import { dash, inUnit } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawFacts, drawTable } from '../table.ts';

const orDash = (text: string): string => (text === '' ? dash : text.replaceAll('\n', ', '));

/** Tolerance and decision rule, agreed before measuring, and what U is. */
export function conformity(sheet: Sheet, { decision, uncertainty, item }: CertificateRecord): void {
  sheet.heading('Conformity and uncertainty', 80);
  const unit = inUnit('', item.channel.unit);
  sheet.paragraph(
    `Tolerance of the error: ${decision.tolerance}${unit} on both sides of zero, agreed before measuring.${decision.asLeftLimit === null ? '' : ` Limit within which a unit is not adjusted: ${decision.asLeftLimit}${unit}.`}`,
  );
  sheet.paragraph(decision.statement);
  sheet.paragraph(uncertainty.statement);
  sheet.paragraph(uncertainty.rounding);
}

/** How, under which conditions, and what was left out of it. */
export function method(sheet: Sheet, record: CertificateRecord): void {
  sheet.heading('Method and conditions', 80);
  const { name, description, deviations, external } = record.method;
  sheet.paragraph(`${name === '' ? '' : `${name}. `}${description}`);
  const conditions = conditionsOf(record);
  const lines: [label: string, text: string][] = [
    ['Conditions', conditions.length > 0 ? conditions.join('; ') : 'not recorded'],
    ['Additions to, deviations and exclusions from the method', orDash(deviations)],
    ['Results from external providers', orDash(external)],
    ['Sampling', `${dash} (the results apply to the item as received)`],
  ];
  for (const [label, text] of lines) sheet.paragraph(`${label}: ${text}`);
}

function drawStandard(sheet: Sheet, line: CertificateRecord['standards'][number]): void {
  const { standard, firmware } = line;
  const certificate = standard.certificates.at(-1);
  drawFacts(sheet, [
    ['Standard', `${standard.maker} ${standard.model}`],
    ['Serial no.', standard.serial],
    ['Firmware', orDash(firmware)],
    ['Resolution', `${standard.resolution}${inUnit('', standard.unit)}`],
    ['Certificate no.', certificate?.number ?? dash],
    ['Issued by', certificate?.laboratory ?? dash],
    ['Accreditation', orDash(certificate?.accreditation ?? '')],
    ['Issued', certificate?.issued ?? dash],
    ['Due', certificate?.due ?? dash],
    ['Drift allowed for', `${standard.drift}${inUnit('', standard.unit)} (half-width)`],
  ]);
  sheet.paragraph(line.traceability);
  const right = 'right' as const;
  drawTable(sheet, {
    columns: [
      { head: inUnit('Value', standard.unit), align: right, width: 90 },
      { head: inUnit('Correction', standard.unit), align: right, width: 90 },
      { head: inUnit('U', standard.unit), align: right, width: 90 },
      { head: 'k', align: right, width: 50 },
      { head: '' },
    ],
    rows: (certificate?.points ?? []).map((point): Cell[] => [
      point.value,
      point.correction,
      `± ${point.expandedUncertainty}`,
      point.coverageFactor,
      '',
    ]),
  });
  for (const { detail } of line.concerns) {
    sheet.paragraph(
      `What spoke against this standard: ${detail}. It was used all the same; reason given: ${line.override ?? dash}`,
      styles.strong,
    );
  }
}

/** The standards used, with what makes the results traceable. */
export function standards(sheet: Sheet, record: CertificateRecord): void {
  sheet.heading('Reference standard and traceability', 120);
  for (const line of record.standards) drawStandard(sheet, line);
}

/** What may be said beyond the results, each marked as what it is. */
export function remarks(sheet: Sheet, { opinion, nextDue, laboratory }: CertificateRecord): void {
  sheet.heading('Remarks', 40);
  sheet.paragraph(`Opinions and interpretations: ${opinion === '' ? dash : opinion}`);
  sheet.paragraph(
    nextDue === null
      ? `Next calibration: ${dash}`
      : `Next calibration due, as agreed with the customer: ${nextDue.on} (${nextDue.method}).`,
  );
  for (const line of laboratory.text.split('\n')) if (line !== '') sheet.paragraph(line, styles.small);
}
