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

/** What stands on every page. */
export interface RunningHead {
  bench: boolean;
  /** Names the document, so that a single page is not lost. */
  name: string;
  note: string;
}

function drawFoot(document: PDFKit.PDFDocument, type: Typesetter, head: RunningHead, page: string): void {
  const y = document.page.height - 44;
  const right = document.page.width - side;
  document.moveTo(side, y).lineTo(right, y).lineWidth(0.5).strokeColor(grey).stroke();
  type.line(type.break(head.name, styles.small, right - side - 90)[0] ?? '', side, y + 4, styles.small);
  type.line(head.note, side, y + 15, styles.small);
  type.line(page, right - type.width(page, styles.small), y + 4, styles.small);
}

/** What every page bears, drawn when the number of pages is known. */
export function drawRunningHeads(document: PDFKit.PDFDocument, type: Typesetter, head: RunningHead): void {
  const { count } = document.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    document.switchToPage(page);
    document.markContent('Artifact', { type: 'Pagination' });
    if (head.bench) drawBench(document, type);
    drawFoot(document, type, head, `Page ${page + 1} of ${count}`);
    document.endMarkedContent();
  }
}
