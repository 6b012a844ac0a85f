import { drawMark, type Mark } from './marks.ts';
import { type Element, type Sheet, styles } from './sheet.ts';
import { ink, type Style } from './typesetter.ts';

export type Cell = string | { text: string; mark?: Mark; style?: Style };

export interface Column {
  head: string;
  /** Points; the first column without one takes what is left. */
  width?: number;
  align?: 'left' | 'right';
  style?: Style;
}

export interface Table {
  columns: Column[];
  rows: Cell[][];
  /** Titles over neighbouring columns; the spans add up to the number of columns. */
  groups?: { title: string; span: number }[];
}

interface Placed {
  x: number;
  width: number;
  align: 'left' | 'right';
  style: Style;
}

const gap = 8;
const pad = 2.6;
const markSize = 6.5;

function place(sheet: Sheet, columns: Column[]): Placed[] {
  const fixed = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
  const open = columns.filter((column) => column.width === undefined).length;
  const rest = (sheet.width - fixed - gap * (columns.length - 1)) / Math.max(1, open);
  let x = sheet.left;
  return columns.map(({ width = rest, align = 'left', style = styles.cell }) => {
    const placed = { x, width, align, style };
    x += width + gap;
    return placed;
  });
}

interface SetCell {
  lines: string[];
  style: Style;
  mark?: Mark;
}

function setCell(sheet: Sheet, cell: Cell, column: Placed): SetCell {
  const { text, mark, style = column.style } = typeof cell === 'string' ? { text: cell } : cell;
  const indent = mark === undefined ? 0 : markSize + 3;
  const lines = sheet.type.break(text, style, column.width - indent);
  return { lines, style, ...(mark === undefined ? {} : { mark }) };
}

const heightOf = (sheet: Sheet, cells: SetCell[]): number =>
  Math.max(
    ...cells.map(
      ({ lines, style }) =>
        lines.length * sheet.type.lineHeight(style) + Math.max(0, styles.cell.size - style.size),
    ),
  ) +
  2 * pad;

/** A row that is taller than a page is drawn as several, each with as many lines of every cell as fit on one. */
function pieces(sheet: Sheet, cells: SetCell[], room: number): SetCell[][] {
  if (heightOf(sheet, cells) <= room) return [cells];
  const fitting = ({ style }: SetCell): number =>
    Math.max(1, Math.floor((room - 2 * pad - styles.cell.size) / sheet.type.lineHeight(style)));
  const count = Math.max(...cells.map((cell) => Math.ceil(cell.lines.length / fitting(cell))));
  return Array.from({ length: count }, (_, n) =>
    cells.map(({ mark, ...cell }) => ({
      ...cell,
      lines: cell.lines.slice(n * fitting(cell), (n + 1) * fitting(cell)),
      ...(n === 0 && mark !== undefined ? { mark } : {}),
    })),
  );
}

function drawCell(sheet: Sheet, cell: SetCell, column: Placed, y: number): void {
  const step = sheet.type.lineHeight(cell.style);
  const indent = cell.mark === undefined ? 0 : markSize + 3;
  // Smaller type stands on the same first baseline as its neighbours in the row.
  const drop = Math.max(0, styles.cell.size - cell.style.size);
  if (cell.mark !== undefined) drawMark(sheet.document, cell.mark, column.x, y + 1.6, markSize);
  cell.lines.forEach((line, index) => {
    const slack = column.align === 'right' ? column.width - sheet.type.width(line, cell.style) : indent;
    sheet.type.line(line, column.x + slack, y + drop + index * step, cell.style);
  });
}

function drawRow(sheet: Sheet, table: Element, tag: 'TH' | 'TD', cells: SetCell[], columns: Placed[]): void {
  const row = sheet.group('TR', table);
  cells.forEach((cell, index) => {
    const column = columns[index];
    if (column === undefined) return;
    const options = tag === 'TH' ? { parent: row, scope: 'Column' as const } : { parent: row };
    sheet.tag(tag, () => drawCell(sheet, cell, column, sheet.y + pad), options);
  });
  row.end();
  sheet.y += heightOf(sheet, cells);
}

/** Titles over groups of columns: for the eye only, every column's head says it again where it must. */
function drawGroups(sheet: Sheet, groups: NonNullable<Table['groups']>, columns: Placed[]): void {
  sheet.decorate(() => {
    let index = 0;
    for (const { title, span } of groups) {
      const [first, last] = [columns[index], columns[index + span - 1]];
      index += span;
      if (title === '' || first === undefined || last === undefined) continue;
      sheet.type.line(title, first.x, sheet.y + pad, styles.cellHead);
      const y = sheet.y + 14;
      sheet.document
        .moveTo(first.x, y)
        .lineTo(last.x + last.width, y)
        .lineWidth(0.5)
        .strokeColor(ink)
        .stroke();
    }
  });
  sheet.y += 15;
}

/** Draws a table; its head is repeated on every page, no row is torn, and none but an only row stands alone. */
export function drawTable(sheet: Sheet, table: Table): void {
  const columns = place(sheet, table.columns);
  const headers = columns.map((column, index) =>
    setCell(sheet, { text: table.columns[index]?.head ?? '', style: styles.cellHead }, column),
  );
  const headHeight = heightOf(sheet, headers) + (table.groups ? 15 : 0);
  const rows = table.rows.flatMap((row) => {
    const cells = columns.map((column, index) => setCell(sheet, row[index] ?? '', column));
    return pieces(sheet, cells, sheet.fullHeight - headHeight);
  });
  const element = sheet.group('Table');
  const head = (): void => {
    if (table.groups) drawGroups(sheet, table.groups, columns);
    drawRow(sheet, element, 'TH', headers, columns);
    sheet.rule(sheet.y, 0.8, ink);
  };
  const heights = rows.map((cells) => heightOf(sheet, cells));
  // Three rows cannot be torn into two and two.
  const first = heights.slice(0, heights.length === 3 ? 3 : 2);
  sheet.room(first.reduce((sum, height) => sum + height, headHeight));
  head();
  for (const [index, cells] of rows.entries()) {
    const keep = index === rows.length - 2 ? (heights[index + 1] ?? 0) : 0;
    if (sheet.room((heights[index] ?? 0) + keep)) head();
    drawRow(sheet, element, 'TD', cells, columns);
    sheet.rule(sheet.y, 0.3, '#999999');
  }
  element.end();
  sheet.y += 6;
}

/** Label and value, in two columns of pairs; nothing is blank: a dash says that there is none. */
export function drawFacts(sheet: Sheet, facts: [label: string, value: string | Cell][]): void {
  const half = Math.ceil(facts.length / 2);
  const label = (text: string): Cell => ({ text, style: styles.small });
  const rows = facts.slice(0, half).map((left, index) => {
    const right = facts[index + half];
    return [label(left[0]), left[1] || '–', label(right?.[0] ?? ''), right ? right[1] || '–' : ''];
  });
  const columns = place(sheet, [
    { head: '', width: 74 },
    { head: '' },
    { head: '', width: 74 },
    { head: '' },
  ]);
  const set = rows.flatMap((row) => {
    const cells = columns.map((column, index) => setCell(sheet, row[index] ?? '', column));
    return pieces(sheet, cells, sheet.fullHeight);
  });
  sheet.room(set.reduce((sum, cells) => sum + heightOf(sheet, cells), 0));
  const element = sheet.group('Table');
  for (const cells of set) {
    sheet.room(heightOf(sheet, cells));
    drawRow(sheet, element, 'TD', cells, columns);
  }
  element.end();
  sheet.y += 4;
}
