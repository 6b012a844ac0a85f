import type { CertificateRecord, CertificateRun } from '../../../shared/report/certificate/certificate.ts';
import { resultRows } from '../../../shared/report/certificate/result-rows.ts';
import { decimalPlaces, roundDecimal } from '../../../shared/units/units.ts';
import { dash, inUnit, signed, twoDigits } from '../figures.ts';
import { wordOf } from '../marks.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawTable } from '../table.ts';
import { drawErrorCharts } from './error-chart.ts';

/** Nominal values that a person took although they were not stable. */
const unstable = (record: CertificateRecord, run: 'as-found' | 'as-left'): Set<string> =>
  new Set(record.overrides.filter((line) => line.run === run).map(({ nominal }) => nominal));

function rowsOf({ evaluation }: CertificateRun, starred: Set<string>): Cell[][] {
  const rows = resultRows(evaluation);
  const places = Math.max(
    ...rows.flatMap(({ acceptance }) =>
      acceptance === null ? [0] : [decimalPlaces(acceptance.lower), decimalPlaces(acceptance.upper)],
    ),
  );
  // Only padded: every limit keeps all of its digits.
  const limit = (text: string): string => signed(roundDecimal(text, places));
  return rows.map((row) => [
    row.nominal,
    row.reference,
    row.unit,
    signed(row.error),
    `± ${row.expandedUncertainty}`,
    row.coverageFactor,
    row.acceptance === null ? dash : limit(row.acceptance.lower),
    row.acceptance === null ? dash : limit(row.acceptance.upper),
    { text: `${wordOf[row.verdict]}${starred.has(row.nominal) ? ' *' : ''}`, mark: row.verdict },
  ]);
}

/** A probability is never certain: what two places cannot show is below or above what they can. */
function percent(probability: string): string {
  const rounded = roundDecimal(probability, 2, 'half-even');
  if (/^0\.00$/.test(rounded)) return '< 0.01';
  return /^100\.00$/.test(rounded) ? '> 99.99' : rounded;
}

/** The largest has two digits, the others as many places: what is below is not known any better. */
function samePlaces(figures: readonly (string | null)[]): (figure: string | null) => string {
  const known = figures.filter((figure) => figure !== null).filter((figure) => Number(figure) !== 0);
  const places = Math.min(...known.map((figure) => decimalPlaces(twoDigits(figure, 'up'))));
  return (figure) =>
    figure === null ? dash : roundDecimal(figure, Number.isFinite(places) ? places : 0, 'up');
}

/** Where values were come to from both sides or more than once: by how much they differed. */
function drawCharacteristics(sheet: Sheet, { evaluation }: CertificateRun, unit: string): void {
  const { points } = evaluation;
  if (points.every(({ hysteresis, repeatability }) => hysteresis === null && repeatability === null)) return;
  const right = 'right' as const;
  const hysteresis = samePlaces(points.map((point) => point.hysteresis));
  const repeatability = samePlaces(points.map((point) => point.repeatability));
  drawTable(sheet, {
    columns: [
      { head: inUnit('Nominal', unit), align: right, width: 50 },
      { head: inUnit('Hysteresis', unit), align: right, width: 80 },
      { head: inUnit('Repeatability (s)', unit), align: right, width: 96 },
      { head: 'Conformance %', align: right, width: 76 },
      { head: 'TUR', align: right, width: 50 },
      { head: '' },
    ],
    rows: points.map((point) => [
      point.nominal,
      hysteresis(point.hysteresis),
      repeatability(point.repeatability),
      percent(point.conformanceProbability),
      roundDecimal(point.tur, 1, 'half-even'),
      '',
    ]),
  });
}

function drawRun(sheet: Sheet, record: CertificateRecord, run: CertificateRun, title: string): void {
  const unit = record.item.channel.unit;
  const name = run === record.results.asLeft ? 'as-left' : 'as-found';
  const right = 'right' as const;
  sheet.subheading(title, 70);
  drawTable(sheet, {
    columns: [
      { head: inUnit('Nominal', unit), align: right, width: 50 },
      { head: inUnit('Reference', unit), align: right, width: 56 },
      { head: inUnit('Unit', unit), align: right, width: 52 },
      { head: inUnit('Error', unit), align: right, width: 44 },
      { head: inUnit('U', unit), align: right, width: 46 },
      { head: 'k', align: right, width: 26 },
      { head: inUnit('Lower', unit), align: right, width: 44 },
      { head: inUnit('Upper', unit), align: right, width: 44 },
      { head: 'Result' },
    ],
    groups: [
      { title: '', span: 6 },
      { title: 'Limits of acceptance', span: 2 },
      { title: '', span: 1 },
    ],
    rows: rowsOf(run, unstable(record, name)),
  });
  drawCharacteristics(sheet, run, unit);
  for (const { nominal, reason } of record.overrides.filter((line) => line.run === name)) {
    sheet.paragraph(
      `* At ${nominal} the reading was taken although it was not stable. Reason given: ${reason}`,
      styles.small,
    );
  }
}

/** The results at the points tested, before and after adjustment. */
export function results(sheet: Sheet, record: CertificateRecord): void {
  const { asFound, asLeft } = record.results;
  sheet.heading('Results', 100);
  if (asLeft === null) {
    drawRun(sheet, record, asFound, 'As found = as left (nothing was adjusted)');
    if (record.leftBecause !== null) {
      sheet.paragraph(`Not within its limits, and not adjusted. Reason given: ${record.leftBecause}`);
    }
  } else {
    drawRun(sheet, record, asLeft, 'As left, after adjustment');
    drawRun(sheet, record, asFound, 'As found, before adjustment');
  }
  sheet.paragraph(
    `Error = unit - reference; the reference holds the corrections of its certificate. U: expanded uncertainty, k: its coverage factor. Hysteresis: |up - down|; conformance: probability that the true error lies within the tolerance; TUR: tolerance / U. Limits of acceptance: of the error, by the decision rule. ${dash}: not applicable. The results relate only to the item named, as received, at the points tested and at the time of the calibration.`,
    styles.small,
  );
  drawErrorCharts(sheet, record);
}
