import type { PointResult } from '../../../shared/contract/calibrate.ts';
import type { CalibrationRecord, JobRecord } from '../../../shared/report/record.ts';
import { decimalPlaces } from '../../../shared/units/units.ts';
import { drawErrorChart } from '../error-chart.ts';
import { dash, errorFigures, figures, inUnit } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawFacts, drawTable } from '../table.ts';
import { drawEvaluated } from './evaluated.ts';

/** One place more than the unit itself shows; four where its step is not known. */
export const placesOf = (calibration: CalibrationRecord): number =>
  calibration.channel ? decimalPlaces(calibration.channel.quantum) + 1 : 4;

const judged = (point: PointResult | undefined): Cell => {
  if (point === undefined) return dash;
  const star = point.override === null ? '' : ' *';
  return point.withinTolerance ? { text: `in${star}`, mark: 'pass' } : { text: `out${star}`, mark: 'fail' };
};

function runColumns(points: (PointResult | undefined)[], places: number, tolerance: string): Cell[][] {
  const reference = figures(
    points.map((point) => point?.meanReference),
    places,
  );
  const unit = figures(
    points.map((point) => point?.meanUnit),
    places,
  );
  const error = errorFigures(
    points.map((point) => point?.error),
    places,
    tolerance,
  );
  return points.map((point, row) => [
    reference[row] ?? dash,
    unit[row] ?? dash,
    error[row] ?? dash,
    judged(point),
  ]);
}

/** As found and as left on one sheet, a row for each point. */
function drawResults(sheet: Sheet, calibration: CalibrationRecord): void {
  const unit = calibration.channel?.unit;
  const points = calibration.errors.map((_, row) => row);
  const places = placesOf(calibration);
  const tolerance = calibration.plan?.tolerance ?? '0';
  const nominal = figures(
    calibration.errors.map((line) => line.nominal),
    60,
  );
  const found = runColumns(
    points.map((row) => calibration.asFound[row]),
    places,
    tolerance,
  );
  const left = runColumns(
    points.map((row) => calibration.asLeft[row]),
    places,
    tolerance,
  );
  const run = [
    { head: inUnit('Reference', unit), width: 56, align: 'right' as const },
    { head: inUnit('Unit', unit), width: 46, align: 'right' as const },
    { head: inUnit('Error', unit), width: 46, align: 'right' as const },
    { head: 'Tolerance', width: 40 },
  ];
  drawTable(sheet, {
    columns: [{ head: inUnit('Nominal', unit), align: 'right' }, ...run, ...run],
    groups: [
      { title: '', span: 1 },
      { title: calibration.unadjusted ? 'As found = as left (not adjusted)' : 'As found', span: 4 },
      { title: calibration.unadjusted ? '' : 'As left', span: 4 },
    ],
    rows: points.map((row) => [nominal[row] ?? dash, ...(found[row] ?? []), ...(left[row] ?? [])]),
  });
}

const ruleOf = ({ plan }: CalibrationRecord, unit: string): string => {
  if (plan === null) return '';
  const { readings, intervalMs, maxDrift, maxSpread, nearNominal } = plan.stability;
  return `A point is taken when ${readings} readings, ${intervalMs} ms apart, of unit and reference alike drift by no more than ${maxDrift}${unit}, spread (standard deviation) by no more than ${maxSpread}${unit}, and the reference is within ${nearNominal}${unit} of the point.`;
};

function workedOn(calibration: CalibrationRecord): string {
  const moments = [...calibration.asFound, ...calibration.asLeft].flatMap((point) =>
    point.readings.map(({ at }) => at),
  );
  if (moments.length === 0) return '';
  const days = [Math.min(...moments), Math.max(...moments)].map((at) =>
    new Date(at).toISOString().slice(0, 10),
  );
  return days[0] === days[1] ? (days[0] ?? '') : days.join(' to ');
}

function drawMethod(sheet: Sheet, calibration: CalibrationRecord): void {
  const { reference, plan, channel } = calibration;
  const symbol = inUnit('', channel?.unit);
  drawFacts(sheet, [
    ['Channel', channel ? `${channel.id} (${channel.title})` : (plan?.channel ?? '')],
    ['Tolerance', plan ? `${plan.tolerance}${symbol}, both sides of zero error` : ''],
    ['Date of work', workedOn(calibration)],
    ['Reference', reference ? `${reference.maker} ${reference.model}` : ''],
    ['Serial no.', reference?.serial ?? ''],
    ['Firmware', reference?.firmware ?? ''],
    ['Certificate', certificateOf(calibration)],
  ]);
  sheet.paragraph(
    `Method: comparison with the reference at the points tested. ${ruleOf(calibration, symbol)}`,
  );
  sheet.paragraph(
    calibration.asFoundEvaluation?.decisionStatement ??
      'Decision rule: simple acceptance, without a guard band. A point is in tolerance when its error is no larger than the tolerance.',
  );
}

/** Who certified the standard, until when; and what spoke against it all the same. */
function certificateOf({ standard }: CalibrationRecord): string {
  const inForce = standard?.certificates.at(-1);
  return inForce ? `${inForce.number}, ${inForce.laboratory}, due ${inForce.due}` : 'not in the register';
}

const uncertaintyOf = ({ asFoundEvaluation: evaluation }: CalibrationRecord): string => {
  if (evaluation?.uncertaintyStatement)
    return `${evaluation.uncertaintyStatement} ${evaluation.roundingStatement}`;
  if (evaluation === null) return 'Uncertainty: not evaluated.';
  return 'Uncertainty: that of the reference is not known here; what stands under U is without it.';
};

/** The calibration's results, with the chart of its errors. */
export function calibration(sheet: Sheet, { calibration: done, scope, unit }: JobRecord): void {
  sheet.heading('Calibration', 120);
  if (done === null) {
    sheet.paragraph(scope.calibration ? 'Not done.' : 'Not part of this commissioning.');
    if (unit.replaces !== null) {
      sheet.paragraph(`The calibration of the unit ${unit.replaces} is not transferable to this one.`);
    }
    return;
  }
  if (done.adjustedNotVerified) {
    sheet.paragraph(
      'ADJUSTED, NOT VERIFIED: the unit may hold new coefficients that no as-left run has confirmed.',
      styles.strong,
    );
  }
  const evaluated = done.asFoundEvaluation;
  if (evaluated) drawEvaluated(sheet, done, evaluated);
  else if (done.errors.length > 0) drawResults(sheet, done);
  if (done.standardOverride !== null && done.concerns.length > 0) {
    const against = done.concerns.map(({ detail }) => detail).join('; ');
    sheet.paragraph(
      `The reference was used although something spoke against it: ${against}. Reason given: ${done.standardOverride}`,
      styles.strong,
    );
  }
  for (const { run, point, reason } of done.overrides) {
    sheet.paragraph(
      `* Point ${point} ${run} was taken although it was not stable. Reason given: ${reason}`,
      styles.small,
    );
  }
  sheet.paragraph(uncertaintyOf(done), evaluated?.uncertaintyStatement ? styles.small : styles.strong);
  drawErrorChart(sheet, done);
  drawMethod(sheet, done);
}
