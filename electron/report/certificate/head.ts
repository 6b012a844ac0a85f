import type { Party } from '../../../shared/contract/certificate.ts';
import {
  type CertificateRecord,
  partyLines,
  placeOf,
} from '../../../shared/report/certificate/certificate.ts';
import { dash } from '../figures.ts';
import { readLogo } from '../logo/logo.ts';
import { drawMark, wordOf } from '../marks.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawFacts } from '../table.ts';

const mostLines = 8;
const logoBox = { width: 130, height: 48 };

/** The laboratory's name and address, its logo at the right. */
function drawLaboratory(sheet: Sheet, { party, accreditation, logo }: CertificateRecord['laboratory']): void {
  const top = sheet.y;
  const width = sheet.width - (logo === null ? 0 : logoBox.width + 12);
  const [name = '', ...more] = partyLines(party);
  const lines = [
    name,
    // An address of a hundred short lines would run off the page.
    ...(more.length > mostLines ? [more.join(', ')] : more),
    accreditation === '' ? 'Not an accredited laboratory' : `Accreditation ${accreditation}`,
  ];
  for (const [index, text] of lines.entries()) {
    const style = index === 0 ? styles.subheading : styles.cell;
    for (const line of sheet.type.break(text, style, width)) {
      sheet.tag('P', () => sheet.type.line(line, sheet.left, sheet.y, style));
      sheet.y += sheet.type.lineHeight(style);
    }
  }
  if (logo === null) return;
  const { bytes } = readLogo(logo);
  const place = { fit: [logoBox.width, logoBox.height] as [number, number], align: 'right' as const };
  sheet.tag('Figure', () => sheet.document.image(bytes, sheet.right - logoBox.width, top, place), {
    alt: `Logo of ${party.name}`,
  });
  sheet.y = Math.max(sheet.y, top + logoBox.height);
}

function drawTitle(sheet: Sheet, { number, amends }: CertificateRecord): void {
  sheet.y += 8;
  sheet.rule(sheet.y, 1.2, '#111111');
  sheet.y += 8;
  sheet.tag('H1', () => sheet.type.line('Calibration certificate', sheet.left, sheet.y, styles.title));
  const style = { face: 'strong', size: 11 } as const;
  const named = `No. ${number}`;
  sheet.y += 30;
  sheet.tag('P', () => sheet.type.line(named, sheet.left, sheet.y, style));
  sheet.y += 18;
  if (amends === null) return;
  sheet.paragraph(
    `Amendment: this certificate takes the place of certificate ${amends.number}, which stays as it was issued. Reason: ${amends.reason}`,
    styles.strong,
  );
}

const resultWords = ({ decision, results, item }: CertificateRecord): string => {
  const left = results.asLeft === null ? 'as found (not adjusted)' : 'as left, after adjustment';
  return `${wordOf[decision.verdict]}: channel ${item.channel.id} (${item.channel.title}) ${left}, by the decision rule below.`;
};

function drawVerdict(sheet: Sheet, record: CertificateRecord): void {
  const size = 13;
  const text = resultWords(record);
  sheet.tag('P', () => {
    drawMark(sheet.document, record.decision.verdict, sheet.left, sheet.y + 1, size);
    for (const line of sheet.type.break(text, styles.strong, sheet.width - size - 8)) {
      sheet.type.line(line, sheet.left + size + 8, sheet.y + 1, styles.strong);
      sheet.y += sheet.type.lineHeight(styles.strong);
    }
  });
  sheet.y += 6;
}

const daysOf = ({ dates: { begin, end } }: CertificateRecord): string =>
  begin === end ? begin : `${begin} to ${end}`;

const customerOf = (customer: Party | null): string =>
  customer === null ? '' : partyLines(customer).join(', ');

function factsOf(record: CertificateRecord): [label: string, value: string | Cell][] {
  const { item, customer, dates, authorisedBy } = record;
  return [
    ['Item', item.description],
    ['Board', item.model],
    ['Serial no.', { text: item.serial, style: styles.mono }],
    ['Tag', item.tag],
    ['Asset', item.asset],
    ['Location', item.location],
    ['Firmware', item.agent === null ? item.firmware : `${item.firmware}, edge agent ${item.agent}`],
    ['Channel', `${item.channel.id} (${item.channel.title})`],
    ['Condition', item.condition.replaceAll('\n', ', ')],
    ['Customer', customerOf(customer)],
    ['Job', record.job],
    ['Place', placeOf(record)],
    ['Received', dates.received ?? dash],
    ['Calibrated', daysOf(record)],
    ['Issued', dates.issued],
    ['Authorised by', authorisedBy.name],
    ['Function', authorisedBy.role],
    ['Certificate no.', record.number],
  ];
}

/** Who, what, when; the verdict first. */
export function head(sheet: Sheet, record: CertificateRecord): void {
  drawLaboratory(sheet, record.laboratory);
  drawTitle(sheet, record);
  drawVerdict(sheet, record);
  sheet.rule(sheet.y);
  sheet.y += 4;
  drawFacts(sheet, factsOf(record));
}
