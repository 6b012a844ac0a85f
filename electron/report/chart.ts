import { inUnit } from './figures.ts';
import { type Scale, ticks } from './plot.ts';
import type { Sheet } from './sheet.ts';
import { grey, ink, type Style } from './typesetter.ts';

const label: Style = { face: 'text', size: 7.5, colour: ink };
/** Okabe-Ito blue and vermilion; told apart in grey by full and hollow marks and by the dashes. */
export const runs = {
  found: { title: 'As found', colour: '#d55e00', dash: true },
  left: { title: 'As left', colour: '#0072b2', dash: false },
} as const;
export type Run = (typeof runs)[keyof typeof runs];

/** Where a chart stands on the sheet. */
export interface Field {
  sheet: Sheet;
  x: Scale;
  y: Scale;
}

function mark(document: PDFKit.PDFDocument, run: Run, x: number, y: number): void {
  if (run.dash) document.circle(x, y, 2.6).lineWidth(1.2).fillAndStroke('#ffffff', run.colour);
  else
    document
      .rect(x - 2.4, y - 2.4, 4.8, 4.8)
      .fillColor(run.colour)
      .fill();
}

/** A run's marks, joined by its line; from left to right. */
export function drawTrace(
  { sheet: { document } }: Field,
  run: Run,
  places: { x: number; y: number }[],
): void {
  document.save().lineWidth(1.1).strokeColor(run.colour);
  if (run.dash) document.dash(4, { space: 3 });
  places.forEach((place, index) => {
    if (index === 0) document.moveTo(place.x, place.y);
    else document.lineTo(place.x, place.y);
  });
  document.stroke().restore();
  for (const place of places) mark(document, run, place.x, place.y);
}

export function drawBand({ sheet, x, y }: Field, tolerance: number): void {
  const [left, right] = [x.at(x.from), x.at(x.to)];
  sheet.document
    .rect(left, y.at(tolerance), right - left, y.at(-tolerance) - y.at(tolerance))
    .fillColor('#ececec')
    .fill();
}

export function drawLimits({ sheet, x, y }: Field, tolerance: number): void {
  const { document, type } = sheet;
  const [left, right] = [x.at(x.from), x.at(x.to)];
  document.save().dash(2, { space: 2 }).lineWidth(0.9).strokeColor(ink);
  for (const limit of [tolerance, -tolerance])
    document.moveTo(left, y.at(limit)).lineTo(right, y.at(limit)).stroke();
  document.restore();
  const text = 'tolerance';
  type.line(text, right - type.width(text, label) - 3, y.at(tolerance) + 1, { ...label, colour: grey });
}

export function drawAxes({ sheet, x, y }: Field): void {
  const { document, type } = sheet;
  const [left, right, bottom, top] = [x.at(x.from), x.at(x.to), y.at(y.from), y.at(y.to)];
  document
    .lineWidth(0.6)
    .strokeColor(ink)
    .rect(left, top, right - left, bottom - top)
    .stroke();
  for (const { value, text } of ticks(y.from, y.to, 6)) {
    const at = y.at(value);
    document.lineWidth(value === 0 ? 0.6 : 0.25).strokeColor(value === 0 ? ink : '#bbbbbb');
    document.moveTo(left, at).lineTo(right, at).stroke();
    type.line(text, left - type.width(text, label) - 4, at - 5, label);
  }
  for (const { value, text } of ticks(x.from, x.to, 8)) {
    const at = x.at(value);
    document
      .lineWidth(0.6)
      .strokeColor(ink)
      .moveTo(at, bottom)
      .lineTo(at, bottom + 3)
      .stroke();
    type.line(text, at - type.width(text, label) / 2, bottom + 4, label);
  }
}

export function drawLegend(sheet: Sheet, unit: string | undefined, shown: Run[], height: number): void {
  const { document, type } = sheet;
  type.line(inUnit('Error (unit - reference)', unit), sheet.left, sheet.y, label);
  let x = sheet.right;
  for (const run of shown.toReversed()) {
    x -= type.width(run.title, label);
    type.line(run.title, x, sheet.y, label);
    document.save().lineWidth(1.1).strokeColor(run.colour);
    if (run.dash) document.dash(4, { space: 3 });
    document
      .moveTo(x - 26, sheet.y + 5)
      .lineTo(x - 5, sheet.y + 5)
      .stroke()
      .restore();
    mark(document, run, x - 15.5, sheet.y + 5);
    x -= 38;
  }
  const title = inUnit('Reference', unit);
  type.line(title, sheet.right - type.width(title, label), sheet.y + height - 10, label);
}
