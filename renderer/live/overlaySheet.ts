import type uPlot from 'uplot';
import type { Ink } from './ink.ts';
import type { AlarmLane, MarkedSpan, ThresholdLine } from './recordingChartProps.ts';
import { paintLanes, paintMarks, paintThresholds } from './recordingPaint.ts';
import type { Span } from './span.ts';

/** What changes with each touch of a slider: the lines under it stay as they are. */
export interface Overlay {
  lanes: readonly AlarmLane[];
  thresholds: readonly ThresholdLine[];
  marks: readonly MarkedSpan[];
  instant: number | null;
}

/**
 * A canvas of its own over the plot's: thousands of alarms are painted anew while a slider moves, and the lines are
 * not drawn again, which is many times the work (test/bench/chart.ts).
 */
export class OverlaySheet {
  readonly #plot: uPlot;
  readonly #ink: Ink;
  readonly #canvas = document.createElement('canvas');
  readonly #flag = document.createElement('div');

  constructor(plot: uPlot, ink: Ink) {
    this.#plot = plot;
    this.#ink = ink;
    this.#canvas.dataset.sheet = '';
    plot.ctx.canvas.after(this.#canvas);
    this.#flag.dataset.flag = '';
    this.#flag.hidden = true;
    plot.over.append(this.#flag);
  }

  /** `scaleOf`: the value axis of a channel; null where it is not drawn. */
  paint(overlay: Overlay, span: Span, scaleOf: (channel: string) => string | null): void {
    const { width, height } = this.#plot.ctx.canvas;
    // Setting the size clears it.
    this.#canvas.width = width;
    this.#canvas.height = height;
    const ctx = this.#canvas.getContext('2d');
    if (ctx === null) return;
    const sheet = { plot: this.#plot, ctx };
    paintMarks(sheet, overlay.marks, this.#ink);
    paintLanes(sheet, overlay.lanes, span, this.#ink);
    const lines = overlay.thresholds.flatMap((line) => {
      const scale = scaleOf(line.channel);
      return scale === null ? [] : [{ ...line, scale }];
    });
    paintThresholds(sheet, lines, this.#ink);
    this.#placeFlag(overlay.instant, span);
  }

  #placeFlag(instant: number | null, span: Span): void {
    const inSight = instant !== null && instant >= span.from && instant <= span.to;
    this.#flag.hidden = !inSight;
    if (inSight) this.#flag.style.transform = `translateX(${this.#plot.valToPos(instant, 'x')}px)`;
  }
}
