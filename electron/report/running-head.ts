import type { JobRecord } from '../../shared/report/record.ts';
import { styles } from './sheet.ts';
import { grey, type Style, type Typesetter } from './typesetter.ts';

const side = 51;
const benchWords = 'SIMULATED BENCH - NOT A MEASUREMENT';
const benchStyle: Style = { face: 'strong', size: 10, colour: '#ffffff' };

/** White on black on every page: nobody shall take a page of it for a measurement. */
function drawBench(document: PDFKit.PDFDocument, type: Typesetter): void {
  const width = document.page.width - 2 * side;
  document.rect(side, 22, width, 17).fillColor('#111111').fill();
  type.line(benchWords, side + (width - type.width(benchWords, benchStyle)) / 2, 24, benchStyle);
}

function drawFoot(document: PDFKit.PDFDocument, type: Typesetter, record: JobRecord, page: string): void {
  const y = document.page.height - 44;
  const right = document.page.width - side;
  const name = type.break(record.unit.settings?.tag ?? record.unit.hardwareId, styles.small, 200)[0] ?? '';
  document.moveTo(side, y).lineTo(right, y).lineWidth(0.5).strokeColor(grey).stroke();
  type.line(`Report ${record.reportId} · ${name}`, side, y + 4, styles.small);
  type.line('Results relate only to the unit named.', side, y + 15, styles.small);
  type.line(page, right - type.width(page, styles.small), y + 4, styles.small);
}

/** What every page bears, drawn when the number of pages is known. */
export function drawRunningHeads(document: PDFKit.PDFDocument, type: Typesetter, record: JobRecord): void {
  const { count } = document.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    document.switchToPage(page);
    document.markContent('Artifact', { type: 'Pagination' });
    if (record.bench) drawBench(document, type);
    drawFoot(document, type, record, `Page ${page + 1} of ${count}`);
    document.endMarkedContent();
  }
}
