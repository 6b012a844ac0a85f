import uPlot from 'uplot';
import type { PlotTrace } from '../../shared/contract/recordings.ts';
import { type Ink, isDashed, readInk } from './ink.ts';
import { type Overlay, OverlaySheet } from './overlaySheet.ts';
import { paintGaps } from './paint.ts';
import type { RecordedPlot } from './recordingChartProps.ts';
import { isLow, type RecordingFrame, recordingFrame } from './recordingFrame.ts';
import { laneHeight } from './recordingPaint.ts';
import { scaleKey, type ValueScale, valueRange, valueScales } from './recordingScales.ts';
import { columnsIn, drawEnvelope, drawMiddle, drawTrace, traceGaps } from './recordingTrace.ts';
import { covers, moved, type Span, sameSpan, showing, within, zoomed } from './span.ts';

export interface ViewListener {
  onSpan: (span: Span) => void;
  /** The pointed time; null: the pointer is elsewhere. */
  onPoint: (t: number | null) => void;
  onInstant: (t: number) => void;
}

const GAP_MARKS_APART = 12;

/** One uPlot of a recording's picture. The coarse picture of the whole is shown until the finer one has come. */
export class RecordingView {
  readonly #frame: RecordingFrame;
  readonly #whole: Span;
  readonly #ink: Ink;
  readonly #scales: readonly ValueScale[];
  readonly #plot: uPlot;
  readonly #sheet: OverlaySheet;
  readonly #listener: ViewListener;
  #coarse: RecordedPlot;
  #fine: RecordedPlot | null = null;
  #span: Span;
  #overlay: Overlay = { lanes: [], thresholds: [], marks: [], instant: null };
  #pointed: number | null = null;
  #steering = false;
  /** Painted at least once: before, there is nothing to repaint. */
  #ready = false;

  constructor(element: HTMLElement, frame: RecordingFrame, coarse: RecordedPlot, listener: ViewListener) {
    this.#frame = frame;
    this.#coarse = coarse;
    this.#listener = listener;
    this.#whole = within({ from: frame.clock.from, to: frame.to }, { from: frame.clock.from, to: frame.to });
    this.#span = this.#whole;
    this.#ink = readInk(element);
    this.#scales = valueScales(chosen(coarse, frame), isLow(frame));
    this.#plot = this.#make(element);
    this.#sheet = new OverlaySheet(this.#plot, this.#ink);
    this.#plot.over.addEventListener('click', (event) => {
      if (event.detail < 2) this.#listener.onInstant(this.#timeAt(event.offsetX));
    });
    this.#ready = true;
    this.#draw();
  }

  #make(element: HTMLElement): uPlot {
    const traces = this.#drawn(this.#coarse);
    const options = recordingFrame({
      frame: this.#frame,
      traces,
      scales: this.#scales,
      ink: this.#ink,
      width: element.clientWidth,
      lanes: () => this.#overlay.lanes,
      top: () => {
        const lanes = this.#overlay.lanes.length;
        return 14 + lanes * laneHeight(lanes, this.#frame.height);
      },
      path: (channel) => () => this.#path(channel),
      hooks: {
        draw: [() => this.#paintOver()],
        setCursor: [(plot) => this.#pointerMoved(plot)],
        setSelect: [(plot) => this.#selected(plot)],
      },
    });
    const { from, to } = this.#whole;
    return new uPlot(options, [[from, to], ...traces.map(() => [null, null])], element);
  }

  /** Channels of the first two units: only they have an axis. */
  #drawn(plot: RecordedPlot): PlotTrace[] {
    const units = new Set(this.#scales.map(({ unit }) => unit));
    return chosen(plot, this.#frame).filter(({ unit }) => units.has(unit));
  }

  #source(): RecordedPlot {
    return this.#fine !== null && covers(this.#fine, this.#span) ? this.#fine : this.#coarse;
  }

  #path(channel: string): uPlot.Series.Paths | null {
    const trace = this.#source().traces.find(({ id }) => id === channel);
    if (trace === undefined) return null;
    const scale = scaleKey(trace.unit);
    const x = (t: number): number => this.#plot.valToPos(t, 'x', true);
    const y = (value: number): number => this.#plot.valToPos(value, scale, true);
    const stroke = new Path2D();
    const columns = columnsIn(trace, this.#span.from, this.#span.to);
    if (!isDashed(this.#frame.channels.indexOf(channel))) {
      drawTrace(stroke, trace, columns, x, y);
      return { stroke };
    }
    const fill = new Path2D();
    drawMiddle(stroke, trace, columns, x, y);
    drawEnvelope(fill, trace, columns, x, y);
    return { stroke, fill };
  }

  #paintOver(): void {
    if (!this.#ready) return;
    const traces = this.#drawn(this.#source());
    const gaps = traces.flatMap((trace) => traceGaps(trace, this.#span.from, this.#span.to));
    paintGaps(this.#plot, this.#apart(gaps), this.#ink);
    this.#paintSheet();
    if (this.#steering && this.#pointed !== null) this.#placeCursor(this.#pointed);
  }

  #paintSheet(): void {
    this.#sheet.paint(this.#overlay, this.#span, (channel) => {
      const unit = this.#drawn(this.#coarse).find(({ id }) => id === channel)?.unit;
      return unit === undefined ? null : scaleKey(unit);
    });
  }

  /** Marks that would lie upon each other are one. */
  #apart(times: number[]): number[] {
    const least = GAP_MARKS_APART * this.#msPerPixel();
    const kept: number[] = [];
    for (const t of times.toSorted((a, b) => a - b)) {
      const last = kept[kept.length - 1];
      if (last === undefined || t - last >= least) kept.push(t);
    }
    return kept;
  }

  #placeCursor(t: number): void {
    this.#plot.setCursor({ left: this.#plot.valToPos(t, 'x'), top: 0 }, false);
  }

  #timeAt(left: number): number {
    return this.#readable(this.#plot.posToVal(left, 'x'));
  }

  /** Within the recording; to a second where a pixel is longer than one, so that no time claims more. */
  #readable(t: number): number {
    const step = this.#msPerPixel() >= 1000 ? 1000 : 1;
    const origin = this.#frame.clock.dated ? 0 : this.#frame.clock.from;
    const round = origin + Math.round((t - origin) / step) * step;
    return Math.min(Math.max(round, this.#whole.from), this.#whole.to);
  }

  #msPerPixel(): number {
    return (this.#span.to - this.#span.from) / Math.max(this.#plot.over.clientWidth, 1);
  }

  #pointerMoved(plot: uPlot): void {
    if (!this.#ready) return;
    const left = plot.cursor.left ?? -1;
    this.#steering = false;
    this.#pointed = left < 0 ? null : this.#timeAt(left);
    this.#listener.onPoint(this.#pointed);
  }

  #selected(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 2) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.show({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
  }

  /** Brings a span into sight, or as much of it as the recording has. */
  show(span: Span): void {
    const next = within(span, this.#whole);
    if (sameSpan(next, this.#span)) return;
    this.#span = next;
    this.#draw();
    this.#listener.onSpan(next);
  }

  /** Lines, axes and overlay anew. */
  #draw(): void {
    const traces = this.#drawn(this.#source());
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: this.#span.from, max: this.#span.to });
      for (const { key, unit } of this.#scales) {
        const [min, max] = valueRange(traces, unit, this.#span, this.#overlay.thresholds);
        this.#plot.setScale(key, { min, max });
      }
    });
  }

  get span(): Span {
    return this.#span;
  }

  /** Columns that the picture has room for. */
  get columns(): number {
    return Math.max(100, Math.min(2000, Math.round(this.#plot.over.clientWidth)));
  }

  setPlots(coarse: RecordedPlot, fine: RecordedPlot | null): void {
    if (coarse === this.#coarse && fine === this.#fine) return;
    this.#coarse = coarse;
    this.#fine = fine;
    this.#draw();
  }

  /** Paints what lies over the lines; they are drawn again only where a threshold moves their axis. */
  setOverlay(overlay: Overlay): void {
    const before = this.#overlay;
    this.#overlay = overlay;
    const traces = this.#drawn(this.#source());
    const axisMoves = this.#scales.some(({ key, unit }) => {
      const [min, max] = valueRange(traces, unit, this.#span, overlay.thresholds);
      return this.#plot.scales[key]?.min !== min || this.#plot.scales[key]?.max !== max;
    });
    if (namesOf(before) !== namesOf(overlay)) this.#plot.redraw(true, true);
    else if (!axisMoves) this.#paintSheet();
    if (axisMoves) this.#draw();
  }

  resize(width: number): void {
    this.#plot.setSize({ width: Math.max(width, 120), height: this.#frame.height });
  }

  zoom(factor: number, at: number | null = this.#pointed): void {
    this.show(zoomed(this.#span, at ?? (this.#span.from + this.#span.to) / 2, factor, this.#whole));
  }

  /** Zooms where the pointer is. */
  zoomAt(clientX: number, factor: number): void {
    this.zoom(factor, this.#timeAt(clientX - this.#plot.over.getBoundingClientRect().left));
  }

  pan(share: number): void {
    this.show(moved(this.#span, share, this.#whole));
  }

  reset(): void {
    this.show(this.#whole);
  }

  /** Puts the cursor to a time, by key: it starts from the chosen instant, and the picture follows it. */
  steerTo(t: number): void {
    const next = this.#readable(t);
    this.show(showing(this.#span, next, this.#whole));
    this.#steering = true;
    this.#pointed = next;
    this.#placeCursor(next);
    this.#listener.onPoint(next);
  }

  /** By so many pixels of the picture. */
  steer(pixels: number): void {
    const from = this.#pointed ?? this.#overlay.instant ?? (this.#span.from + this.#span.to) / 2;
    // At the finest zoom a pixel is less than a millisecond; the cursor still moves.
    const by = pixels * this.#msPerPixel();
    const least = this.#msPerPixel() >= 1000 ? 1000 : 1;
    this.steerTo(from + (Math.abs(by) < least ? Math.sign(by) * least : by));
  }

  /** To the start of the next alarm (1) or the one before (-1). */
  steerToAlarm(direction: 1 | -1): void {
    const at = this.#pointed ?? this.#overlay.instant ?? this.#span.from - direction;
    const starts = this.#overlay.lanes.flatMap(({ alarms }) => alarms.map(({ from }) => from));
    const ahead = starts.filter((start) => (start - at) * direction > 0);
    if (ahead.length > 0) this.steerTo(ahead.reduce((a, b) => (Math.abs(b - at) < Math.abs(a - at) ? b : a)));
  }

  /** Chooses the instant under the cursor. */
  choose(): void {
    if (this.#pointed !== null) this.#listener.onInstant(this.#pointed);
  }

  destroy(): void {
    this.#plot.destroy();
  }
}

const namesOf = ({ lanes }: Overlay): string => lanes.map(({ label }) => label).join('\n');

function chosen(plot: RecordedPlot, { channels }: RecordingFrame): PlotTrace[] {
  return channels.flatMap((id) => plot.traces.filter((trace) => trace.id === id));
}
