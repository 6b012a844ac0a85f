import type { PointEvaluation } from '../../../shared/contract/evaluation.ts';
import type { CertificateRecord } from '../../../shared/report/certificate/certificate.ts';
import {
  drawAxes,
  drawBand,
  drawLegend,
  drawLimits,
  drawTrace,
  type Field,
  type Run,
  runs,
} from '../chart.ts';
import { scale, spread } from '../plot.ts';
import type { Sheet } from '../sheet.ts';

const height = 168;
const cap = 2.4;

/** A run with the uncertainty of each error as a bar. Floats are for the plot only. */
function drawRun(field: Field, run: Run, points: PointEvaluation[]): void {
  const { document } = field.sheet;
  const places = points
    .map((point) => ({
      x: field.x.at(Number(point.reference)),
      y: field.y.at(Number(point.error)),
      reach: Math.abs(field.y.at(Number(point.expandedUncertainty)) - field.y.at(0)),
    }))
    .sort((a, b) => a.x - b.x);
  document.lineWidth(0.9).strokeColor(run.colour);
  for (const { x, y, reach } of places) {
    document
      .moveTo(x, y - reach)
      .lineTo(x, y + reach)
      .stroke();
    for (const end of [y - reach, y + reach])
      document
        .moveTo(x - cap, end)
        .lineTo(x + cap, end)
        .stroke();
  }
  drawTrace(field, run, places);
}

/** What one chart shows. */
interface Shown {
  run: Run;
  points: PointEvaluation[];
}

function drawChart(sheet: Sheet, { item, decision }: CertificateRecord, shown: Shown[]): void {
  const points = shown.flatMap((one) => one.points);
  const tolerance = Number(decision.tolerance);
  const across = spread(
    points.map(({ reference }) => Number(reference)),
    0.04,
  );
  const reach = points.flatMap(({ error, expandedUncertainty }) => [
    Number(error) - Number(expandedUncertainty),
    Number(error) + Number(expandedUncertainty),
  ]);
  const up = spread([...reach, tolerance, -tolerance], 0.08);
  sheet.room(height);
  const field: Field = {
    sheet,
    x: scale(across.from, across.to, sheet.left + 40, sheet.right),
    y: scale(up.from, up.to, sheet.y + height - 32, sheet.y + 16),
  };
  const names = shown.map(({ run }) => run.title.toLowerCase()).join(' and ');
  const alt = `Chart of the errors ${names} with their expanded uncertainties as bars and the tolerance of ${decision.tolerance} as a band. The figures are in the tables.`;
  sheet.tag(
    'Figure',
    () => {
      drawBand(field, tolerance);
      drawAxes(field);
      drawLimits(field, tolerance);
      for (const { run, points: drawn } of shown) drawRun(field, run, drawn);
      drawLegend(
        sheet,
        item.channel.unit,
        shown.map(({ run }) => run),
        height - 6,
      );
    },
    { alt },
  );
  sheet.y += height;
}

const largest = (points: PointEvaluation[]): number =>
  Math.max(
    ...points.map(({ error, expandedUncertainty }) => Math.abs(Number(error)) + Number(expandedUncertainty)),
  );

/** Under errors that are more than this many times as large the unit as left, and its bars, would be a flat line. */
const apart = 2;

function chartsOf({ results, decision }: CertificateRecord): Shown[][] {
  const found = { run: runs.found, points: results.asFound.evaluation.points };
  if (results.asLeft === null) return [[found]];
  const left = { run: runs.left, points: results.asLeft.evaluation.points };
  const scaleOfLeft = Math.max(largest(left.points), Number(decision.tolerance));
  return largest(found.points) <= apart * scaleOfLeft ? [[found, left]] : [[left], [found]];
}

/** Errors found and left with their uncertainties; each run on its own chart where one would flatten the other. */
export function drawErrorCharts(sheet: Sheet, record: CertificateRecord): void {
  sheet.y += 4;
  for (const shown of chartsOf(record)) drawChart(sheet, record, shown);
}
