import uPlot from 'uplot';
import { alarmBars } from './alarmBars.ts';
import type { Ink } from './ink.ts';
import type { AlarmLane, MarkedSpan, ThresholdLine } from './recordingChartProps.ts';
import type { Span } from './span.ts';

const font = (size: number): string =>
  `600 ${Math.round(size * uPlot.pxRatio)}px "Source Sans 3", sans-serif`;

const TALLEST_LANE = 18;
/** A quarter of the chart is for lanes. */
const LANES_SHARE = 0.25;
/** CSS pixels of each lane: few are easy to read, many still fit. */
export const laneHeight = (lanes: number, height: number): number =>
  Math.min(TALLEST_LANE, Math.floor((height * LANES_SHARE) / Math.max(lanes, 1)));

/** Where it is painted: a canvas as large as the plot's own, which it lies over. */
export interface Sheet {
  plot: uPlot;
  ctx: CanvasRenderingContext2D;
}

function clipped({ plot, ctx }: Sheet, paint: () => void): void {
  const { bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  paint();
  ctx.restore();
}

/** Each rule's alarms over the picture; those of the rule in work as bands in the picture too. */
export function paintLanes(sheet: Sheet, lanes: readonly AlarmLane[], span: Span, ink: Ink): void {
  const { plot, ctx } = sheet;
  const { bbox } = plot;
  const ratio = uPlot.pxRatio;
  const tall = laneHeight(lanes.length, plot.height) * ratio;
  const column = (t: number): number => plot.valToPos(t, 'x', true);
  ctx.save();
  lanes.forEach((lane, index) => {
    const top = bbox.top - (lanes.length - index) * tall - 6 * ratio;
    const bars = alarmBars(lane.alarms, span, column);
    ctx.fillStyle = ink.grid;
    ctx.fillRect(bbox.left, top + tall / 2 - ratio / 2, bbox.width, ratio);
    ctx.fillStyle = ink.alarm;
    for (const bar of bars) {
      const width = bar.until - bar.from;
      ctx.fillRect(bar.from, top + 2 * ratio, width, tall - 4 * ratio);
      if (!lane.shaded) continue;
      ctx.globalAlpha = 0.14;
      ctx.fillRect(bar.from, bbox.top, width, bbox.height);
      ctx.globalAlpha = 1;
      ctx.fillRect(bar.from, bbox.top, ratio, bbox.height);
    }
    paintLaneName(sheet, lane, top + tall / 2, tall, ink);
  });
  ctx.restore();
}

/** Beside the lane, as much of it as there is room for; the table below has it whole. */
function paintLaneName({ plot, ctx }: Sheet, lane: AlarmLane, middle: number, tall: number, ink: Ink): void {
  const { bbox } = plot;
  const ratio = uPlot.pxRatio;
  if (tall < 11 * ratio) return;
  ctx.font = font(12);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = lane.shaded ? ink.text : ink.quiet;
  const room = bbox.left - 12 * ratio;
  let name = lane.label;
  while (name.length > 1 && ctx.measureText(name).width > room) name = `${name.slice(0, -2).trimEnd()}…`;
  ctx.fillText(name, bbox.left - 6 * ratio, middle);
}

/** Hatched, so that what was put in is not taken for an alarm; its name at the foot. */
export function paintMarks(sheet: Sheet, marks: readonly MarkedSpan[], ink: Ink): void {
  const { plot, ctx } = sheet;
  const { bbox } = plot;
  const ratio = uPlot.pxRatio;
  clipped(sheet, () => {
    ctx.font = font(12);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'bottom';
    ctx.lineJoin = 'round';
    const ends: number[] = [];
    for (const mark of marks) {
      const left = plot.valToPos(mark.from, 'x', true);
      const right = Math.max(plot.valToPos(mark.until, 'x', true), left + 4 * ratio);
      if (right < bbox.left || left > bbox.left + bbox.width) continue;
      hatch(ctx, Math.max(left, bbox.left), Math.min(right, bbox.left + bbox.width), bbox, ink);
      const start = Math.max(left, bbox.left) + 4 * ratio;
      const wide = ctx.measureText(mark.label).width;
      // Names that would lie upon each other stand one over the other.
      const free = ends.findIndex((end) => end < start);
      const row = free === -1 ? ends.length : free;
      ends[row] = start + wide + 8 * ratio;
      const y = bbox.top + bbox.height - (4 + 16 * row) * ratio;
      haloText(ctx, mark.label, start, y, ink.edgeCaution, ink);
    }
  });
}

function hatch(ctx: CanvasRenderingContext2D, left: number, right: number, bbox: uPlot.BBox, ink: Ink): void {
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, right - left, bbox.height);
  ctx.clip();
  ctx.fillStyle = ink.bandCaution;
  ctx.fillRect(left, bbox.top, right - left, bbox.height);
  ctx.strokeStyle = ink.edgeCaution;
  ctx.globalAlpha = 0.45;
  ctx.lineWidth = ratio;
  ctx.beginPath();
  // Laid from the edge of the picture, so that the hatching stands still while a span is moved into sight.
  const first = bbox.left - bbox.height;
  const step = 10 * ratio;
  for (let x = first + Math.floor((left - bbox.height - first) / step) * step; x < right; x += step) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}

function haloText(
  ctx: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  ink: Ink,
): void {
  ctx.lineWidth = 4 * uPlot.pxRatio;
  ctx.strokeStyle = ink.surface;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/** A line with its name at its right end; one that is out of sight is named at the edge it lies behind. */
export function paintThresholds(
  sheet: Sheet,
  lines: readonly (ThresholdLine & { scale: string })[],
  ink: Ink,
): void {
  const { plot, ctx } = sheet;
  const { bbox } = plot;
  const ratio = uPlot.pxRatio;
  const [top, bottom] = [bbox.top, bbox.top + bbox.height];
  clipped(sheet, () => {
    ctx.font = font(13);
    ctx.textAlign = 'right';
    ctx.lineJoin = 'round';
    for (const { value, label, scale } of lines) {
      const y = plot.valToPos(value, scale, true);
      const right = bbox.left + bbox.width - 8 * ratio;
      if (y < top || y > bottom) {
        ctx.textBaseline = y < top ? 'top' : 'bottom';
        const edge = y < top ? top + 3 * ratio : bottom - 3 * ratio;
        haloText(ctx, `${y < top ? '↑' : '↓'} ${label}`, right, edge, ink.alarm, ink);
        continue;
      }
      ctx.strokeStyle = ink.alarm;
      ctx.lineWidth = ratio * (ink.lineWidth - 0.5);
      ctx.setLineDash([7 * ratio, 4 * ratio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, Math.round(y) + 0.5);
      ctx.lineTo(bbox.left + bbox.width, Math.round(y) + 0.5);
      ctx.stroke();
      ctx.setLineDash([]);
      const above = y - 18 * ratio > top;
      ctx.textBaseline = above ? 'bottom' : 'top';
      haloText(ctx, label, right, y + (above ? -3 : 3) * ratio, ink.alarm, ink);
    }
  });
}
