import type { PointEvaluation } from '../../../shared/contract/evaluation.ts';
import type { CertificateRecord } from '../../../shared/report/certificate/certificate.ts';
import { decimalPlaces, roundDecimal } from '../../../shared/units/units.ts';
import { dash, inUnit, twoDigits } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { drawTable } from '../table.ts';

const infinite = '∞';
/** Truncated, as it goes into the table of t (JCGM 100, G.6.4). */
const freedom = (text: string | null): string => (text === null ? infinite : (text.split('.')[0] ?? dash));

/** One point's budget, a line for each source. */
function drawPoint(sheet: Sheet, point: PointEvaluation, unit: string): void {
  const right = 'right' as const;
  drawTable(sheet, {
    columns: [
      { head: '', width: 14 },
      { head: 'Source' },
      { head: 'Distribution', width: 58 },
      { head: inUnit('Stated', unit), align: right, width: 50 },
      { head: 'Divisor', align: right, width: 36 },
      { head: inUnit('u', unit), align: right, width: 46 },
      { head: 'c', align: right, width: 26 },
      { head: inUnit('|c| u', unit), align: right, width: 46 },
      { head: 'ν', align: right, width: 24 },
      { head: 'Share %', align: right, width: 32 },
    ],
    rows: [
      ...point.budget.map((line, index) => [
        String(index + 1),
        line.name,
        line.distribution,
        stated(line.amount),
        factor(line.divisor),
        twoDigits(line.standardUncertainty),
        factor(line.sensitivity),
        twoDigits(line.contribution),
        freedom(line.degreesOfFreedom),
        roundDecimal(line.share, 1, 'half-even'),
      ]),
      [
        '',
        { text: 'Combined standard uncertainty', style: styles.cellHead },
        dash,
        dash,
        dash,
        dash,
        dash,
        twoDigits(point.standardUncertainty),
        freedom(point.effectiveDegreesOfFreedom),
        dash,
      ],
    ],
  });
}

/** A figure that was given is printed as given; one that was computed has more digits than it has meaning. */
const stated = (text: string): string => (text.replaceAll(/\D/g, '').length > 7 ? twoDigits(text) : text);

/** The square root of three and the like, to four places. */
const factor = (text: string): string =>
  decimalPlaces(text) > 4 ? roundDecimal(text, 4, 'half-even') : text;

/** How many sources fit beside each other as columns. */
const widest = 9;

/** Every point in one line: the contribution of each source by its number. */
function drawPoints(sheet: Sheet, points: PointEvaluation[], unit: string): void {
  const sources = points[0]?.budget ?? [];
  const right = 'right' as const;
  const small = styles.cell;
  drawTable(sheet, {
    columns: [
      { head: inUnit('Nominal', unit), align: right, width: 50 },
      ...sources.map((_, index) => ({ head: String(index + 1), align: right, style: small })),
      { head: inUnit('Combined', unit), align: right, width: 46 },
      { head: 'ν', align: right, width: 32 },
      { head: 'k', align: right, width: 26 },
      { head: inUnit('U', unit), align: right, width: 46 },
    ],
    rows: points.map((point) => [
      point.nominal,
      ...sources.map((_, index) => twoDigits(point.budget[index]?.contribution ?? '0')),
      twoDigits(point.standardUncertainty),
      freedom(point.effectiveDegreesOfFreedom),
      roundDecimal(point.coverageFactor, 2, 'half-even'),
      `± ${point.expandedUncertainty}`,
    ]),
  });
}

const sameSources = (points: PointEvaluation[]): boolean => {
  const namesOf = (point: PointEvaluation | undefined): string =>
    (point?.budget ?? []).map(({ name }) => name).join('\n');
  return points.every((point) => namesOf(point) === namesOf(points[0]));
};

/** The uncertainty budgets of the last run: all points by source where they have the same ones, the largest in full. */
export function budget(sheet: Sheet, { results, item }: CertificateRecord): void {
  const { points } = (results.asLeft ?? results.asFound).evaluation;
  const unit = item.channel.unit;
  const [first, ...others] = points;
  if (first === undefined) return;
  const worst = others.reduce(
    (most, point) => (Number(point.standardUncertainty) > Number(most.standardUncertainty) ? point : most),
    first,
  );
  sheet.heading('Uncertainty budget', 120);
  const compact = sameSources(points) && worst.budget.length <= widest;
  const shown = compact ? [worst] : points;
  for (const point of shown) {
    sheet.subheading(
      `${compact ? 'The largest: at' : 'At'} ${point.nominal}${inUnit('', unit)}, ${results.asLeft === null ? 'as found' : 'as left'}`,
      100,
    );
    drawPoint(sheet, point, unit);
  }
  if (compact) {
    sheet.subheading('At every point: |c| u by the number of the source above', 80);
    drawPoints(sheet, points, unit);
  }
  sheet.paragraph(
    'u: standard uncertainty; c: sensitivity; ν: (effective) degrees of freedom, ∞ where the figure is taken as exact. Uncertainties are shown to two digits; every digit is in certificate.json.',
    styles.small,
  );
}
