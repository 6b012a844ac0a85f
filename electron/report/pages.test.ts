import PDFDocument from 'pdfkit';
import { afterEach, expect, test, vi } from 'vitest';
import { exampleInput } from '../../shared/report/example.fixture.ts';
import { buildRecord, type RecordInput } from '../../shared/report/record.ts';
import { drawErrorChart } from './error-chart.ts';
import { Fonts, fontsBeside } from './fonts.ts';
import { renderPdf } from './report.ts';
import { provisioning } from './sections/provisioning.ts';
import { rules } from './sections/rules.ts';
import { headingHeight, Sheet } from './sheet.ts';
import { drawTable } from './table.ts';
import { Typesetter } from './typesetter.ts';

afterEach(() => vi.restoreAllMocks());

/** Every line as it is set, with the page that it is on; the running heads are set last and left out. */
function watchPages(): { text: string; page: number }[] {
  const lines: ReturnType<typeof watchPages> = [];
  const pages = vi.spyOn(PDFDocument.prototype, 'addPage');
  const set = Object.getOwnPropertyDescriptor(Typesetter.prototype, 'line')?.value as Typesetter['line'];
  vi.spyOn(Typesetter.prototype, 'line').mockImplementation(function (this: Typesetter, text, x, y, style) {
    const ended = lines.at(-1)?.text.includes('End of report') === true;
    if (!ended) lines.push({ text, page: pages.mock.calls.length });
    set.call(this, text, x, y, style);
  });
  return lines;
}

const counts = (lines: { page: number }[]): number[] => {
  const pages = [...new Set(lines.map(({ page }) => page))];
  return pages.map((page) => lines.filter((line) => line.page === page).length);
};

function newSheet(): Sheet {
  const document = new PDFDocument({ autoFirstPage: false, size: 'A4', margin: 0, tagged: true });
  return new Sheet(document, new Typesetter(document, new Fonts(document, fontsBeside)));
}

const unfinished = (input: RecordInput): void => {
  Object.assign(input.calibrate ?? {}, { asLeft: input.calibrate?.asLeft.slice(0, 2), verdict: null });
  input.validate = null;
};
const reports: [string, number, (input: RecordInput) => void][] = [
  ['the usual', 5, () => undefined],
  ['incomplete', 5, unfinished],
  ['nothing done', 5, (input) => Object.assign(input, { provision: null, calibrate: null, validate: null })],
  ['forty points', 40, () => undefined],
];

for (const paper of ['A4', 'LETTER'] as const) {
  test.each(reports)(`%s on ${paper}: no page holds a few lines only`, async (_name, points, change) => {
    const input = structuredClone(exampleInput({ points }));
    change(input);
    const lines = watchPages();
    await renderPdf(buildRecord(input), { paper });
    const pageOf = (start: string): number | undefined =>
      lines.find(({ text }) => text.startsWith(start))?.page;
    expect(pageOf('Signed')).toBe(pageOf('About this report'));
    expect(Math.min(...counts(lines))).toBeGreaterThanOrEqual(18);
  });
}

/** Up to nine lines or rows, begun at every height near the foot of a page. */
const begun = [2, 3, 4, 5, 6, 7, 8, 9].flatMap((length) =>
  Array.from({ length: 40 }, (_, step) => ({ length, room: step * 4 })),
);

test('a torn paragraph leaves two lines at least on either page, wherever it begins', () => {
  for (const { length, room } of begun) {
    const sheet = newSheet();
    sheet.y += sheet.roomLeft - room;
    const lines = watchPages();
    sheet.paragraph(Array.from({ length }, () => 'W'.repeat(45)).join(' '));
    vi.restoreAllMocks();
    expect(lines).toHaveLength(length);
    expect(Math.min(...counts(lines)), `${length} lines from ${room}`).toBeGreaterThanOrEqual(2);
  }
});

test('no row of a table stands alone on a page, wherever the table begins', () => {
  for (const { length, room } of begun) {
    const sheet = newSheet();
    sheet.y += sheet.roomLeft - room;
    const lines = watchPages();
    drawTable(sheet, { columns: [{ head: 'Head' }], rows: Array.from({ length }, (_, row) => [`${row}`]) });
    vi.restoreAllMocks();
    const rows = lines.filter(({ text }) => text !== 'Head');
    expect(rows).toHaveLength(length);
    expect(Math.min(...counts(rows)), `${length} rows from ${room}`).toBeGreaterThanOrEqual(2);
    // The head is on every page that has rows, and on no other.
    expect(counts(lines)).toEqual(counts(rows).map((count) => count + 1));
  }
});

test.each([
  ['Provisioning', provisioning, 'Software'],
  ['Alarm rules', rules, 'Fires when t1'],
])('%s: the first row is under its heading, wherever the section begins', (heading, section, row) => {
  const record = buildRecord(exampleInput());
  for (let room = 20; room < 320; room += 5) {
    const sheet = newSheet();
    sheet.y += sheet.roomLeft - room;
    const lines = watchPages();
    section(sheet, record);
    vi.restoreAllMocks();
    const pages = [heading, row].map((start) => lines.find(({ text }) => text.startsWith(start))?.page);
    expect(pages[0], `from ${room}`).toBe(pages[1]);
  }
});

test('the chart of errors takes a little less than its height rather than a new page', () => {
  const { calibration } = buildRecord(exampleInput());
  if (calibration === null) throw new Error('the example has a calibration');
  const sheet = newSheet();
  sheet.y += sheet.roomLeft - 160;
  const lines = watchPages();
  drawErrorChart(sheet, calibration);
  expect(new Set(lines.map(({ page }) => page))).toEqual(new Set([0]));
  expect(sheet.roomLeft).toBeCloseTo(0, 6);
});

test('a heading keeps with it what it is told to keep', () => {
  const sheet = newSheet();
  sheet.y += sheet.roomLeft - headingHeight - 50;
  const lines = watchPages();
  sheet.heading('fits', 50);
  expect(sheet.roomLeft).toBeCloseTo(50, 6);
  sheet.heading('does not', 50);
  expect(lines.map(({ page }) => page)).toEqual([0, 1]);
});

test('a number and its unit are not torn apart, and the space between them is drawn as a space', () => {
  const { type } = newSheet();
  const style = { face: 'text', size: 10 } as const;
  const lines = type.break('within 0.50\u00a0°C', style, type.width('within 0.50', style) + 1);
  expect(lines).toEqual(['within', '0.50\u00a0°C']);
  const drawn = vi.spyOn(PDFDocument.prototype, 'text');
  type.line('0.50\u00a0°C', 50, 50, style);
  expect(drawn.mock.calls.map(([text]) => text)).toEqual(['0.50 °C']);
});
