import type { PointResult } from '../../shared/contract/calibrate.ts';
import type { CalibrationRecord } from '../../shared/report/record.ts';
import {
  drawAxes,
  drawBand,
  drawLegend,
  drawLimits,
  drawTrace,
  type Field,
  type Run,
  runs,
} from './chart.ts';
import { scale, spread } from './plot.ts';
import type { Sheet } from './sheet.ts';

const tallest = 170;
/** Still read with ease; a chart that is a little lower is better than a page half empty. */
const lowest = 150;
const below = 6;

function drawRun(field: Field, run: Run, points: PointResult[]): void {
  const places = points
    .map((point) => ({ x: field.x.at(Number(point.meanReference)), y: field.y.at(Number(point.error)) }))
    .sort((a, b) => a.x - b.x);
  drawTrace(field, run, places);
}

/** Errors before and after over the reference's value, with the tolerance as a band. */
export function drawErrorChart(sheet: Sheet, calibration: CalibrationRecord): void {
  const { asFound, asLeft, plan } = calibration;
  const points = [...asFound, ...asLeft];
  if (points.length === 0 || plan === null) return;
  const tolerance = Number(plan.tolerance);
  const across = spread(
    points.map((point) => Number(point.meanReference)),
    0.04,
  );
  const up = spread([...points.map((point) => Number(point.error)), tolerance, -tolerance], 0.08);
  sheet.room(lowest + below);
  const height = Math.min(tallest, sheet.roomLeft - below);
  const field: Field = {
    sheet,
    x: scale(across.from, across.to, sheet.left + 40, sheet.right),
    y: scale(up.from, up.to, sheet.y + height - 26, sheet.y + 16),
  };
  const alt = `Chart of the errors before and after adjustment, with the tolerance of ${plan.tolerance}. The figures are in the table above.`;
  const shown = [...(asFound.length > 0 ? [runs.found] : []), ...(asLeft.length > 0 ? [runs.left] : [])];
  sheet.tag(
    'Figure',
    () => {
      drawBand(field, tolerance);
      drawAxes(field);
      drawLimits(field, tolerance);
      drawRun(field, runs.found, asFound);
      drawRun(field, runs.left, asLeft);
      drawLegend(sheet, calibration.channel?.unit, shown, height);
    },
    { alt },
  );
  sheet.y += height + below;
}
