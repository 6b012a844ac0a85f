import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import PDFDocument from 'pdfkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ExampleSize, exampleInput } from '../../shared/report/example.fixture.ts';
import { buildRecord, JobRecord, type RecordInput, recordText } from '../../shared/report/record.ts';
import { type Face, Fonts, fontsBeside } from './fonts.ts';
import { renderPdf, writeReport } from './report.ts';
import { watchLines } from './watch-lines.fixture.ts';

const paper = { A4: [595.28, 841.89], LETTER: [612, 792] } as const;
const margin = 51;
const fixture = JobRecord.parse(
  JSON.parse(readFileSync(new URL('../../test/fixtures/report/record.json', import.meta.url), 'utf8')),
);
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const pagesOf = (bytes: Uint8Array): number =>
  Number(/\/Type \/Pages[^>]*\/Count (\d+)/s.exec(latin1(bytes))?.[1]);

afterEach(() => vi.restoreAllMocks());

test('the same record gives the same bytes', async () => {
  const first = await renderPdf(fixture);
  expect(Buffer.from(await renderPdf(structuredClone(fixture))).equals(first)).toBe(true);
  const other = await renderPdf({ ...fixture, reportId: 'other' });
  expect(Buffer.from(other).equals(first)).toBe(false);
});

test('the file is whole, tagged, titled, and embeds its fonts', async () => {
  const bytes = await renderPdf(fixture);
  const text = latin1(bytes);
  expect(text.startsWith('%PDF-1.7')).toBe(true);
  expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
  expect(pagesOf(bytes)).toBe(4);
  expect(text.match(/\/FontFile[23]? \d+ 0 R/g)?.length).toBeGreaterThanOrEqual(3);
  expect(text).toMatch(/SourceSans3/);
  expect(text).toMatch(/JetBrainsMono/);
  for (const tag of [
    '/StructTreeRoot',
    '/S /H1',
    '/S /Table',
    '/S /TH',
    '/S /Figure',
    '/Lang (en)',
    '/DisplayDocTitle true',
    '<pdfaid:part>3</pdfaid:part>',
    '/S /GTS_PDFA1',
  ]) {
    expect(text).toContain(tag);
  }
  // Pictures of text would be images.
  expect(text).not.toContain('/Subtype /Image');
});

/** As much evidence as a wizard holds, with names as long as they may be. */
function manyRuns({ validate }: RecordInput): void {
  const [run] = validate?.runs.slice(-1) ?? [];
  const [test] = validate?.tests ?? [];
  if (!validate || !run?.data || !test) throw new Error('the example has evidence');
  const faults = Array.from({ length: 20 }, () => test.faults).flat();
  const data = { ...run.data, faults };
  const loud: typeof run = { ...run, origin: 'recording', normal: true, name: 'W'.repeat(120), data };
  validate.runs = Array.from({ length: 100 }, () => loud);
  validate.tests = Array.from({ length: 50 }, (_, n) => ({
    ...test,
    name: `${n} ${'W'.repeat(70)}`,
    faults,
  }));
  validate.basedOn = { revision: '01234567', lesson: 'M'.repeat(300) };
}

const large: ExampleSize = { points: 40, rules: 50, tag: `TT-${'W'.repeat(57)}` };
const sizes: [string, ExampleSize, (input: RecordInput) => void][] = [
  ['the usual', {}, () => undefined],
  [
    'a large job with long names',
    large,
    (input) => {
      input.job = {
        name: 'M'.repeat(60),
        engineer: 'Ö '.repeat(29),
        customer: 'Łódź Ωmega Жук 中 <b>&amp;</b> \u2060',
      };
      Object.assign(input.provision?.unit ?? {}, { machine: 'X'.repeat(200) });
      Object.assign(input.calibrate?.reference ?? {}, { maker: 'M'.repeat(200), serial: '9'.repeat(200) });
      Object.assign(input.calibrate?.asLeft[0] ?? {}, { override: 'W'.repeat(200) });
      manyRuns(input);
      Object.assign(input.calibrate?.fit ?? {}, {
        offset: `0.${'123456789'.repeat(6)}`,
        gain: `0.${'1'.repeat(80)}`,
      });
    },
  ],
  ['nothing done', {}, (input) => Object.assign(input, { provision: null, calibrate: null, validate: null })],
  [
    'all begun and nothing found',
    {},
    (input) => {
      Object.assign(input.provision ?? {}, {
        proof: null,
        pushed: null,
        unit: null,
        settings: null,
        agent: null,
      });
      Object.assign(input.calibrate ?? {}, {
        plan: null,
        asFound: [],
        asLeft: [],
        fit: null,
        written: null,
        verdict: null,
        reference: null,
      });
      Object.assign(input.validate ?? {}, {
        compiled: null,
        comparison: null,
        written: null,
        evidence: [],
        verdict: null,
        runs: [],
        tests: [],
        tested: [],
        selfTest: null,
      });
    },
  ],
];

for (const size of ['A4', 'LETTER'] as const) {
  test.each(sizes)(`%s on ${size}: nothing is clipped`, async (_name, example, change) => {
    const input = structuredClone(exampleInput(example));
    change(input);
    const lines = watchLines();
    await renderPdf(buildRecord(input), { paper: size });
    const [width, height] = paper[size];
    const outside = lines.filter(
      ({ x, right, y, bottom }) =>
        x < margin - 0.01 || right > width - margin + 0.5 || y < 20 || bottom > height - 15,
    );
    expect(outside).toEqual([]);
    const page = lines.filter(({ text }) => /^Page \d+ of \d+$/.test(text)).map(({ text }) => text);
    expect(page).toEqual(page.map((_, index) => `Page ${index + 1} of ${page.length}`));
    expect(lines.some(({ text }) => text.includes('End of report'))).toBe(true);
  });
}

test('figures are printed as the record has them, one below the other', async () => {
  const lines = watchLines();
  await renderPdf(fixture);
  const errors = ['+0.3103', '+0.4103', '+0.5103', '+0.6103', '+0.7103'];
  const found = errors.map((error) => lines.find(({ text }) => text === error));
  const [first] = found;
  expect(found.every((line) => Math.abs((line?.right ?? 0) - (first?.right ?? 1)) < 0.01)).toBe(true);
  const texts = lines.map(({ text }) => text);
  expect(texts).toContain('Uncertainty: not evaluated.');
  expect(texts.filter((text) => text === 'SIMULATED BENCH - NOT A MEASUREMENT')).toHaveLength(4);
  expect(texts).toContain(fixture.chain.hash);
  for (const line of fixture.provisioning?.proof ?? []) expect(texts).toContain(line.pushed);
  const exact = fixture.validation?.compiled?.text ?? 'missing';
  const start = texts.findIndex((text) => text.startsWith('{"v":1'));
  expect(texts.slice(start, start + 40).join('')).toContain(exact);
});

test('the coefficients have the digits that their uncertainty bears, and the integers all of theirs', async () => {
  const record = structuredClone(fixture);
  Object.assign(record.calibration?.fit ?? {}, {
    offset: '-21.381107158715541126384735629821',
    offsetStandardUncertainty: '0.00735995747482613279355561027004',
    gain: '0.000134519839812807219347649844264',
    gainStandardUncertainty: '0.0000000146480907633676123849500649156',
    residualStandardDeviation: '0.0229345862221686492726753132417',
    integerError: '0.000000008341115669',
  });
  const lines = watchLines();
  await renderPdf(record);
  const text = lines.map((line) => line.text).join(' ');
  expect(text).toContain('-21.3811 ± 0.0074 °C');
  expect(text).toContain('0.000134520 ± 0.000000015 °C a count');
  expect(text).toContain('0.023 °C, 3 degrees of freedom');
  expect(text).toContain('0.0000000084 °C at most');
  expect(text).toContain('428113902');
  expect(text).toContain('13400653209600');
  // Hashes and the rules' own text apart, no figure is longer than it can be true.
  expect(text.match(/\d\.\d{13,}/g)).toBeNull();
});

test('a record that is not of the bench says nothing of one', async () => {
  const lines = watchLines();
  await renderPdf({ ...fixture, bench: false });
  expect(lines.filter(({ text }) => /simulated/i.test(text))).toEqual([]);
});

test('what differs is printed with both hashes', async () => {
  const record = structuredClone(fixture);
  Object.assign(record.provisioning?.proof[1] ?? {}, { running: 'f'.repeat(64), equal: false });
  const lines = watchLines();
  await renderPdf(record);
  const texts = lines.map(({ text }) => text).join(' ');
  expect(texts).toContain('f'.repeat(64));
  expect(texts).toContain(record.provisioning?.proof[1]?.pushed);
  expect(texts).toContain('differs');
});

test('every script has its font, and a character that no font has is written as its code', () => {
  const fonts = new Fonts(new PDFDocument({ autoFirstPage: false }), fontsBeside);
  const set = (text: string, face: Face): [font: string, text: string][] =>
    fonts.runs(text, face).map((run) => [basename(run.font).replace(/-400-normal\.woff$/, ''), run.text]);
  expect(set('Łódź 5 Ω Ж', 'text')).toEqual([
    ['source-sans-3-latin-ext', 'Ł'],
    ['source-sans-3-latin', 'ód'],
    ['source-sans-3-latin-ext', 'ź'],
    ['source-sans-3-latin', ' 5 '],
    ['source-sans-3-greek', 'Ω'],
    ['source-sans-3-latin', ' '],
    ['source-sans-3-cyrillic', 'Ж'],
  ]);
  expect(fonts.missing).toEqual(new Set());
  expect(set('a\u202e😀', 'mono')).toEqual([['jetbrains-mono-latin', 'a[U+202E][U+1F600]']]);
  expect(fonts.missing).toEqual(new Set(['\u202e', '😀']));
});

test('Chinese, Japanese and Korean are set, whichever face is asked for', () => {
  const fonts = new Fonts(new PDFDocument({ autoFirstPage: false }), fontsBeside);
  const text = '计量科学研究院、校準實驗室，株式会社ひらがなカタカナ榊「」서울특별시';
  for (const face of ['text', 'strong', 'mono'] as const) {
    const runs = fonts.runs(text, face);
    expect(runs.map((run) => run.text).join('')).toBe(text);
    expect(runs.every(({ font }) => font.includes('noto-sans-'))).toBe(true);
  }
});

test('a missing font is a failure that names its file', async () => {
  await expect(renderPdf(fixture, { fontsDirectory: tmpdir() })).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
  });
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('both files are written whole, with their hashes, and replace older ones', async () => {
  const target = join(folder, 'new', 'place');
  await writeReport({ ...fixture, reportId: 'older' }, target);
  const { pdf, json } = await writeReport(fixture, target);
  expect(readdirSync(target).sort()).toEqual(['record.json', 'report.pdf']);
  for (const { path, sha256, size } of [pdf, json]) {
    const bytes = readFileSync(path);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    expect(bytes.length).toBe(size);
  }
  expect(readFileSync(json.path, 'utf8')).toBe(recordText(fixture));
  expect(Buffer.from(await renderPdf(fixture)).equals(readFileSync(pdf.path))).toBe(true);
});

test('a folder that cannot be written is a failure, and nothing is left behind', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(writeReport(fixture, join(folder, 'file'))).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  await expect(writeReport(fixture, join(folder, 'file', 'x'))).rejects.toMatchObject({
    code: 'FILE_UNWRITABLE',
  });
  expect(readdirSync(folder)).toEqual(['file']);
});
