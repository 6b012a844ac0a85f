import uPlot from 'uplot';
import type { Ink } from './ink.ts';
import { seriesLook } from './ink.ts';
import { traceOf } from './trace.ts';

/** A labelled region of values. An open end is null; an edge is drawn at each end that is there. */
export interface Band {
  from: number | null;
  to: number | null;
  label: string;
  tone: 'good' | 'caution';
}

interface EndLabel {
  series: number;
  text: string;
}

const font = (size: number): string =>
  `600 ${Math.round(size * uPlot.pxRatio)}px "Source Sans 3", sans-serif`;

/** Draws peaks and gaps exactly, at most one entry a pixel column. */
export const peakPaths: uPlot.Series.PathBuilder = (plot, index, from, to) => {
  const times = plot.data[0];
  const values = plot.data[index] ?? [];
  const trace = traceOf(times, values, from, to, (time) => Math.round(plot.valToPos(time, 'x', true)));
  const stroke = new Path2D();
  const y = (value: number | undefined): number => plot.valToPos(value ?? 0, 'y', true);
  const starts = new Set(trace.starts);
  trace.x.forEach((x, i) => {
    if (starts.has(i)) {
      stroke.moveTo(x, y(trace.first[i]));
      // A sample that stands alone is still seen.
      if (i === trace.x.length - 1 || starts.has(i + 1)) stroke.lineTo(x + 1, y(trace.first[i]));
    } else stroke.lineTo(x, y(trace.first[i]));
    if (trace.high[i] !== trace.low[i]) {
      stroke.lineTo(x, y(trace.low[i]));
      stroke.lineTo(x, y(trace.high[i]));
      stroke.lineTo(x, y(trace.last[i]));
    }
  });
  return { stroke };
};

/** Regions with their edges, behind the lines. */
export function paintBands(plot: uPlot, bands: readonly Band[], ink: Ink): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const band of bands) {
    const low = band.from === null ? bbox.top + bbox.height : plot.valToPos(band.from, 'y', true);
    const high = band.to === null ? bbox.top : plot.valToPos(band.to, 'y', true);
    ctx.fillStyle = band.tone === 'good' ? ink.bandGood : ink.bandCaution;
    ctx.fillRect(bbox.left, high, bbox.width, low - high);
    ctx.strokeStyle = band.tone === 'good' ? ink.edgeGood : ink.edgeCaution;
    ctx.lineWidth = ratio * (ink.lineWidth - 1);
    ctx.setLineDash([6 * ratio, 4 * ratio]);
    for (const edge of [band.from === null ? null : low, band.to === null ? null : high]) {
      if (edge === null) continue;
      ctx.beginPath();
      ctx.moveTo(bbox.left, Math.round(edge) + 0.5);
      ctx.lineTo(bbox.left + bbox.width, Math.round(edge) + 0.5);
      ctx.stroke();
    }
  }
  ctx.restore();
}

/** The bands' names, over the lines, each beside its own edge and inside the picture. */
export function paintBandLabels(plot: uPlot, bands: readonly Band[], ink: Ink): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.font = font(13);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4 * ratio;
  ctx.strokeStyle = ink.surface;
  for (const band of bands) {
    const edge = band.to ?? band.from;
    if (edge === null || band.label === '') continue;
    const y = plot.valToPos(edge, 'y', true) - 3 * ratio;
    const top = bbox.top + 16 * ratio;
    if (y > bbox.top + bbox.height + 12 * ratio || y < bbox.top - 40 * ratio) continue;
    ctx.fillStyle = band.tone === 'good' ? ink.edgeGood : ink.edgeCaution;
    ctx.strokeText(band.label, bbox.left + 8 * ratio, Math.max(y, top));
    ctx.fillText(band.label, bbox.left + 8 * ratio, Math.max(y, top));
  }
  ctx.restore();
}

/** Where samples are missing: a mark at the top of the picture. */
export function paintGaps(plot: uPlot, gaps: readonly number[], ink: Ink): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.fillStyle = ink.edgeCaution;
  for (const time of gaps) {
    const x = plot.valToPos(time, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x - 6 * ratio, bbox.top);
    ctx.lineTo(x + 6 * ratio, bbox.top);
    ctx.lineTo(x, bbox.top + 9 * ratio);
    ctx.fill();
  }
  ctx.restore();
}

/** The newest value at the end of each line, kept apart where the lines are close. */
export function paintEndLabels(plot: uPlot, labels: readonly EndLabel[], ink: Ink): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  const height = 17 * ratio;
  const placed = labels.flatMap((label) => {
    const values = plot.data[label.series + 1] ?? [];
    const value = values[values.length - 1];
    return value == null || Number.isNaN(value) ? [] : [{ ...label, y: plot.valToPos(value, 'y', true) }];
  });
  placed.sort((a, b) => a.y - b.y);
  placed.forEach((label, i) => {
    const above = placed[i - 1];
    if (above !== undefined && label.y - above.y < height) label.y = above.y + height;
  });
  ctx.save();
  ctx.font = font(14);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const label of placed) {
    ctx.fillStyle = seriesLook(ink, label.series).colour;
    ctx.fillText(label.text, bbox.left + bbox.width + 6 * ratio, label.y);
  }
  ctx.restore();
}
