import type { QueueState } from '../../shared/contract/queue.ts';
import type { Mark } from './marks.ts';
import { drawPdf, type ReportOptions } from './render-pdf.ts';
import { sheetRows } from './result-sheet.ts';
import { type Sheet, styles } from './sheet.ts';
import { type Cell, drawTable } from './table.ts';

export interface SheetFacts {
  job: string;
  engineer: string;
  version: string;
  /** Host clock, ms since 1970. */
  at: number;
}

const marks: Record<string, Mark> = {
  pass: 'pass',
  fail: 'fail',
  'not completed': 'incomplete',
  open: 'none',
};

/** The result sheet for paper: one row a unit, the reason under each that was not completed. */
export function sheetPdf(queue: QueueState, facts: SheetFacts, options?: ReportOptions): Promise<Uint8Array> {
  const document = {
    title: `Result sheet ${queue.recipe}`,
    author: facts.engineer,
    subject: `Job ${facts.job}`,
    version: facts.version,
    at: facts.at,
    landscape: true,
  };
  const head = {
    bench: queue.entries.some(({ port }) => port.kind === 'simulated'),
    name: `Result sheet ${queue.recipe} · ${facts.job}`,
    note: 'The report of each unit says what its result rests on.',
  };
  return drawPdf(document, head, (sheet) => draw(sheet, queue), options);
}

function draw(sheet: Sheet, queue: QueueState): void {
  sheet.tag('H1', () => sheet.type.line('Result sheet', sheet.left, sheet.y, styles.title));
  sheet.y += 32;
  const rows = sheetRows(queue);
  const passed = rows.filter(({ result }) => result === 'pass').length;
  sheet.paragraph(`${queue.recipe}: ${passed} of ${rows.length} units passed.`, styles.strong);
  drawTable(sheet, {
    columns: [
      { head: 'Tag', width: 90 },
      { head: 'Unit', width: 96, style: styles.mono },
      { head: 'Port', width: 90 },
      { head: 'Result', width: 80 },
      { head: 'What happened, how the unit was left, what to do' },
      { head: 'Seconds', width: 44, align: 'right' },
      { head: 'Report (SHA-256)', width: 90, style: styles.hash },
    ],
    rows: rows.map((row): Cell[] => [
      row.tag || '–',
      row.unit || '–',
      row.port,
      { text: row.result, mark: marks[row.result] ?? 'none' },
      row.failure === ''
        ? row['what happened'] || '–'
        : `${row['what happened']} Unit: ${row['unit was left']}. ${row['what to do']} (${row.failure})`,
      row.seconds || '–',
      row['report SHA-256'] || '–',
    ]),
  });
}
