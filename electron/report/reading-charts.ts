import type { PointResult } from '../../shared/contract/calibrate.ts';
import { scale } from './plot.ts';
import type { Sheet } from './sheet.ts';
import { grey, ink, type Style } from './typesetter.ts';

const across = 5;
const gap = 8;
const height = 58;
const label: Style = { face: 'text', size: 7, colour: ink };

export interface Window {
  run: string;
  index: number;
  point: PointResult;
}

interface Trace {
  reference: number[];
  unit: number[];
  at: number[];
}

/** Readings less the mean of their own window: what is seen is drift and noise, not the error. */
function traceOf({ readings, meanReference, meanUnit }: PointResult): Trace {
  const start = readings[0]?.at ?? 0;
  return {
    reference: readings.map((reading) => Number(reading.reference) - Number(meanReference)),
    unit: readings.map((reading) => Number(reading.unit) - Number(meanUnit)),
    at: readings.map((reading) => reading.at - start),
  };
}

function drawTrace(document: PDFKit.PDFDocument, xs: number[], ys: number[], dashed: boolean): void {
  document
    .save()
    .lineWidth(0.9)
    .strokeColor(dashed ? '#d55e00' : '#000000');
  if (dashed) document.dash(2.5, { space: 1.5 });
  xs.forEach((x, index) => {
    const y = ys[index] ?? 0;
    if (index === 0) document.moveTo(x, y);
    else document.lineTo(x, y);
  });
  document.stroke().restore();
}

function drawWindow(sheet: Sheet, window: Window, left: number, width: number, full: number): void {
  const { document, type } = sheet;
  const { run, index, point } = window;
  const trace = traceOf(point);
  type.line(type.break(`${run} ${index}: ${point.nominal}`, label, width)[0] ?? '', left, sheet.y, label);
  const [top, bottom] = [sheet.y + 11, sheet.y + height - 6];
  document
    .rect(left, top, width, bottom - top)
    .lineWidth(0.4)
    .strokeColor(grey)
    .stroke();
  const x = scale(0, Math.max(1, trace.at.at(-1) ?? 1), left + 2, left + width - 2);
  const y = scale(-full, full, bottom - 1, top + 1);
  document
    .moveTo(left, y.at(0))
    .lineTo(left + width, y.at(0))
    .lineWidth(0.25)
    .strokeColor('#bbbbbb')
    .stroke();
  const xs = trace.at.map((at) => x.at(at));
  drawTrace(
    document,
    xs,
    trace.reference.map((value) => y.at(value)),
    false,
  );
  drawTrace(
    document,
    xs,
    trace.unit.map((value) => y.at(value)),
    true,
  );
}

/** Half the height of every chart, in the channel's unit. */
export function fullScale(windows: Window[]): number {
  const deviations = windows.flatMap(({ point }) => {
    const { reference, unit } = traceOf(point);
    return [...reference, ...unit].map(Math.abs);
  });
  return Math.max(...deviations, 1e-9);
}

/** A small chart for each captured window, all to one scale: reference full line, unit dashed. */
export function drawReadingCharts(sheet: Sheet, windows: Window[]): void {
  const full = fullScale(windows);
  const width = (sheet.width - gap * (across - 1)) / across;
  for (let first = 0; first < windows.length; first += across) {
    sheet.room(height);
    const row = windows.slice(first, first + across);
    const alt = `Readings over time at ${row.map(({ run, index }) => `${run} ${index}`).join(', ')}; every reading is in record.json.`;
    sheet.tag(
      'Figure',
      () => {
        row.forEach((window, place) => {
          drawWindow(sheet, window, sheet.left + place * (width + gap), width, full);
        });
      },
      { alt },
    );
    sheet.y += height;
  }
  sheet.y += 4;
}
