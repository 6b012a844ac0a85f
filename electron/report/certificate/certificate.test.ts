import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import {
  certificateInput,
  exampleCertificate,
  notAdjusted,
} from '../../../shared/report/certificate/certificate.fixture.ts';
import {
  buildCertificate,
  type CertificateInput,
  certificateText,
  completeness,
} from '../../../shared/report/certificate/certificate.ts';
import { resultRows } from '../../../shared/report/certificate/result-rows.ts';
import { dccText } from '../../../shared/report/dcc/dcc.ts';
import { fontsBeside } from '../fonts.ts';
import { png } from '../logo/pictures.fixture.ts';
import { Typesetter } from '../typesetter.ts';
import { renderCertificate } from './certificate.ts';
import { readingsCsv } from './readings-csv.ts';

afterEach(() => vi.restoreAllMocks());

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const changed = (change: (input: CertificateInput) => void, points = 20): CertificateInput => {
  const input = structuredClone(certificateInput({ points }));
  change(input);
  return input;
};
const made = (change: (input: CertificateInput) => void, points?: number): Promise<Uint8Array> => {
  const record = buildCertificate(changed(change, points));
  return renderCertificate(record, dccText(record));
};
const nothing = (): void => undefined;

interface Line {
  text: string;
  x: number;
  right: number;
  y: number;
  bottom: number;
}

function watchLines(): Line[] {
  const lines: Line[] = [];
  const set = Object.getOwnPropertyDescriptor(Typesetter.prototype, 'line')?.value as Typesetter['line'];
  vi.spyOn(Typesetter.prototype, 'line').mockImplementation(function (this: Typesetter, text, x, y, style) {
    const drawn = text.replaceAll('\u00a0', ' ');
    lines.push({ text: drawn, x, right: x + this.width(text, style), y, bottom: y + this.lineHeight(style) });
    set.call(this, text, x, y, style);
  });
  return lines;
}

test('the same record gives the same bytes, whatever was made before it', async () => {
  const first = await made(nothing);
  await made(({ job }) => Object.assign(job, { name: '计量 µμ Ω Ω – — fi ffi \u00ad' }));
  const again = await made(nothing);
  expect(Buffer.from(again).equals(first)).toBe(true);
  expect(Buffer.from(await made((input) => Object.assign(input, { number: 'X-1' }))).equals(first)).toBe(
    false,
  );
});

test('a letter that shares its shape with another is copied as itself, whichever came first', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumb-fonts-'));
  try {
    // Fonts at another place are opened anew: here the rarer letter comes first, ϕ, which looks like φ.
    const fontsDirectory = join(folder, 'fonts');
    symlinkSync(fontsBeside, fontsDirectory);
    const [rare, usual] = ['ϕ', 'φ'].map((name) =>
      buildCertificate(changed(({ job }) => Object.assign(job, { name }), 2)),
    );
    if (rare === undefined || usual === undefined) throw new Error('there are two');
    await renderCertificate(rare, '<dcc/>', { fontsDirectory });
    const after = await renderCertificate(usual, '<dcc/>', { fontsDirectory });
    expect(Buffer.from(after).equals(await renderCertificate(usual, '<dcc/>'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** What ISO 19005-3 asks that can be read off the file itself; veraPDF would ask more. */
test('the file is PDF/A-3b: described, with its colours and fonts inside, nothing from outside', async () => {
  const text = latin1(
    await made((input) => {
      Object.assign(input.laboratory ?? {}, {
        logo: png({ type: 6 }).toString('base64'),
        party: { name: 'A & B <Labor> 计量', address: 'x', country: 'DE', contact: '' },
      });
    }),
  );
  expect(text.startsWith('%PDF-1.7\n%')).toBe(true);
  expect(text).toMatch(/<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>B</);
  expect(Buffer.from(text, 'latin1').toString('utf8')).toContain(
    '<rdf:li>A &amp; B &lt;Labor&gt; 计量</rdf:li>',
  );
  const moment = '2026-11-22T10:30:00Z';
  expect(text).toContain(`<xmp:CreateDate>${moment}</xmp:CreateDate>`);
  expect(text).toContain(`<xmp:ModifyDate>${moment}</xmp:ModifyDate>`);
  for (const part of [
    '/Type /Metadata',
    '/S /GTS_PDFA1',
    '/DestOutputProfile',
    '/MarkInfo',
    '/StructTreeRoot',
    '/Lang (en)',
    '/ID [',
  ])
    expect(text).toContain(part);
  for (const part of [
    '/Encrypt',
    '/JavaScript',
    '/Launch',
    '/URI',
    '/Type1',
    '/DeviceCMYK',
    '/LZWDecode',
    '/ca ',
    '/CA ',
    '/BM ',
  ])
    expect(text).not.toContain(part);
  const fonts = text.match(/\/Type \/Font\n/g)?.length ?? 0;
  const faces = text.match(/\/Subtype \/Type0/g)?.length ?? 0;
  expect(faces).toBeGreaterThan(4);
  expect(text.match(/\/FontFile2 \d+ 0 R/g)).toHaveLength(faces);
  expect(text.match(/\/ToUnicode \d+ 0 R/g)).toHaveLength(faces);
  expect(fonts).toBe(2 * faces);
});

test('DCC, readings and record travel inside, whole', async () => {
  const record = exampleCertificate();
  const dcc = dccText(record);
  const bytes = Buffer.from(await renderCertificate(record, dcc));
  const text = latin1(bytes);
  expect(text).toMatch(/\/AF \[\d+ 0 R \d+ 0 R \d+ 0 R\]/);
  for (const relationship of ['Alternative', 'Data', 'Source'])
    expect(text).toContain(`/AFRelationship /${relationship}`);
  const files = [...text.matchAll(/\/Type \/EmbeddedFile[\s\S]*?\/Length (\d+)[\s\S]*?stream\n/g)].map(
    (found) => {
      const start = (found.index ?? 0) + found[0].length;
      return inflateSync(bytes.subarray(start, start + Number(found[1]))).toString('utf8');
    },
  );
  expect(files).toEqual([dcc, readingsCsv(record), certificateText(record)]);
  expect(text.match(/\/ModDate/g)?.length).toBeGreaterThanOrEqual(4);
});

test('the tables print the rows of the record, found and left, and every clause', async () => {
  const lines = watchLines();
  const record = exampleCertificate();
  await renderCertificate(record, '<dcc/>');
  const texts = lines.map(({ text }) => text);
  const { asFound, asLeft } = record.results;
  for (const run of [asFound, asLeft]) {
    for (const row of resultRows(run?.evaluation ?? asFound.evaluation)) {
      const at = texts.findIndex(
        (text, index) =>
          text === row.nominal && texts[index + 1] === row.reference && texts[index + 2] === row.unit,
      );
      expect(texts[at + 3]?.replace('+', '')).toBe(row.error);
      expect(texts[at + 4]).toBe(`± ${row.expandedUncertainty}`);
      expect(texts[at + 5]).toBe(row.coverageFactor);
    }
  }
  for (const { clause } of completeness(record)) expect(texts).toContain(clause);
  expect(texts.filter((text) => text.startsWith('* At '))).toHaveLength(1);
  expect(texts).toContain(`— End of certificate ${record.number} —`);
});

const long = 'Wort '.repeat(190);
const cases: [string, number, (input: CertificateInput) => void][] = [
  ['the usual', 20, nothing],
  ['two points', 2, nothing],
  [
    'forty points and long texts',
    40,
    ({ laboratory, calibrate, job }) => {
      job.name = 'M'.repeat(60);
      Object.assign(laboratory ?? {}, { text: `${long}\n${'条'.repeat(40)}` });
      Object.assign(laboratory?.party ?? {}, { name: 'W'.repeat(60), address: 'x\n'.repeat(480) });
      Object.assign(calibrate.circumstances, {
        condition: long,
        deviations: long,
        opinion: long,
        external: long,
      });
    },
  ],
  [
    'texts that no line can hold and no page',
    2,
    ({ laboratory, calibrate }) => {
      const party = { name: 'W'.repeat(60), address: '\u{1F600}'.repeat(500), country: 'DE', contact: '' };
      Object.assign(laboratory ?? {}, { text: 'W'.repeat(1000), party });
      Object.assign(calibrate.circumstances, {
        customer: { ...party, address: 'W'.repeat(1000) },
        condition: '\u{1F600}'.repeat(500),
        deviations: '\u{1F600}'.repeat(500),
        opinion: '\u{1F600}'.repeat(500),
      });
    },
  ],
  ['not adjusted', 20, ({ calibrate }) => Object.assign(calibrate, notAdjusted)],
  [
    'failed, amended, with a concern',
    20,
    (input) => {
      input.amends = { number: 'KWM-1', reason: 'Wrong place' };
      Object.assign(input.calibrate, {
        asLeftEvaluation: input.calibrate.asFoundEvaluation,
        concerns: [{ code: 'overdue', detail: 'due on 2026-03-02' }],
        standardOverride: 'No other on site',
      });
    },
  ],
];

for (const [paper, [width, height]] of Object.entries({
  A4: [595.28, 841.89],
  LETTER: [612, 792],
} as const)) {
  test.each(cases)(
    `%s on ${paper}: nothing is clipped, every page is numbered and named`,
    async (_name, points, change) => {
      const lines = watchLines();
      const bytes = await made((input) => {
        change(input);
        Object.assign(input.laboratory ?? {}, { paper });
      }, points);
      const outside = lines.filter(
        ({ x, right, y, bottom }) => x < 50.9 || right > width - 50.5 || y < 20 || bottom > height - 15,
      );
      expect(outside).toEqual([]);
      const pages = Number(/\/Type \/Pages[^>]*\/Count (\d+)/s.exec(latin1(bytes))?.[1]);
      expect(latin1(bytes)).toContain(`${width} ${height}`);
      const foot = lines
        .slice(lines.findIndex(({ text }) => text.startsWith('— End of')) + 1)
        .map(({ text }) => text);
      expect(foot.filter((text) => text.startsWith('Page '))).toEqual(
        Array.from({ length: pages }, (_, page) => `Page ${page + 1} of ${pages}`),
      );
      expect(foot.filter((text) => text.includes('KWM-835a8f4a-148-2f1a77c0'))).toHaveLength(pages);
    },
  );
}

test('what was done against the rules stands in it: concern, override, amendment, failure', async () => {
  const lines = watchLines();
  const [, points, change] = cases.at(-1) ?? ['', 5, nothing];
  await made(change, points);
  const text = lines.map((line) => line.text).join(' ');
  for (const words of [
    'takes the place of certificate KWM-1',
    'Reason: Wrong place',
    'due on 2026-03-02',
    'reason given: No other on site',
    'Fail: channel t1',
  ])
    expect(text).toContain(words);
});

test('hysteresis and repeatability are reported where they were measured', async () => {
  const lines = watchLines();
  await made(({ calibrate }) => {
    const [first] = calibrate.asLeftEvaluation?.points ?? [];
    Object.assign(first ?? {}, { hysteresis: '0.00295294', repeatability: '0.0041' });
  }, 5);
  const texts = lines.map(({ text }) => text);
  const at = texts.indexOf('0.0030');
  expect(texts.slice(at - 1, at + 4)).toEqual(['0.0', '0.0030', '0.0041', '99.90', '14.3']);
});

test('why a unit that fails was left as it was found is printed', async () => {
  const lines = watchLines();
  const left = { ...notAdjusted, leftBecause: 'Sensor beyond repair', verdict: 'fail' };
  await made(({ calibrate }) => Object.assign(calibrate, left));
  expect(lines.map(({ text }) => text).join(' ')).toContain(
    'Not within its limits, and not adjusted. Reason given: Sensor beyond repair',
  );
});

test('a character that no font has is printed as its code, and that is said', async () => {
  const lines = watchLines();
  await made(({ job }) => Object.assign(job, { name: 'Job \u{1F600}' }));
  expect(lines.map(({ text }) => text).join(' ')).toContain(
    'are printed as their Unicode numbers: [U+1F600].',
  );
});
