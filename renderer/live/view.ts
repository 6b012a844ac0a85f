import uPlot from 'uplot';
import { type Ink, readInk, seriesLook } from './ink.ts';
import { type Band, paintBandLabels, paintBands, paintEndLabels, paintGaps, peakPaths } from './paint.ts';
import { extent, niceRange } from './range.ts';
import { firstAtOrAfter, type SampleRing } from './ring.ts';

interface ViewOptions {
  ring: SampleRing;
  /** Ring columns to draw, in order. */
  columns: readonly number[];
  timeTitle: string;
  valueTitle: string;
  clock: (time: number) => string;
  figure: (value: number) => string;
  /** A figure of the value axis; `step` is the distance of its ticks. */
  tick: (value: number, step: number) => string;
  /** Width of the widest newest value, in CSS pixels. */
  endWidth: number;
  leastSpan: number;
  height: number;
}

const SHORTEST_MS = 2_000;

/** One uPlot, drawn imperatively from a ring. The window follows the newest sample unless someone moved it. */
export class ChartView {
  bands: readonly Band[] = [];
  /** Values that are always in the picture, such as a limit. */
  include: readonly number[] = [];
  readonly #options: ViewOptions;
  readonly #windowMs: number;
  readonly #ink: Ink;
  readonly #plot: uPlot;
  #span: number;
  /** How far the right edge is behind the newest sample, ms. */
  #behind = 0;
  #drawn = -1;

  constructor(element: HTMLElement, options: ViewOptions, windowMs: number) {
    this.#options = options;
    this.#windowMs = windowMs;
    this.#span = windowMs;
    this.#ink = readInk(element);
    this.#plot = new uPlot(
      this.#settings(element.clientWidth),
      [[], ...options.columns.map(() => [])],
      element,
    );
  }

  #settings(width: number): uPlot.Options {
    const ink = this.#ink;
    const options = this.#options;
    const axis = {
      stroke: ink.text,
      font: '14px "Source Sans 3", sans-serif',
      labelFont: '600 14px "Source Sans 3", sans-serif',
      labelSize: 24,
      grid: { stroke: ink.grid, width: 1 },
      ticks: { stroke: ink.line, width: 1, size: 5 },
      border: { show: true, stroke: ink.line, width: 1 },
    };
    return {
      width: Math.max(width, 120),
      height: options.height,
      ms: 1,
      padding: [10, options.endWidth, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: true, auto: false }, y: { auto: false } },
      axes: [
        { ...axis, label: options.timeTitle, size: 30, values: (_plot, splits) => splits.map(options.clock) },
        {
          ...axis,
          label: options.valueTitle,
          size: 58,
          values: (_plot, splits, _axis, _space, step) => splits.map((value) => options.tick(value, step)),
        },
      ],
      series: [
        {},
        ...options.columns.map((_, index) => {
          const look = seriesLook(ink, index);
          return {
            stroke: look.colour,
            dash: look.dash,
            width: ink.lineWidth,
            paths: peakPaths,
            points: { show: false },
          };
        }),
      ],
      hooks: {
        drawAxes: [(plot) => paintBands(plot, this.bands, ink)],
        draw: [(plot) => this.#paintOver(plot)],
      },
    };
  }

  #paintOver(plot: uPlot): void {
    paintBandLabels(plot, this.bands, this.#ink);
    paintGaps(plot, this.#options.ring.gaps, this.#ink);
    if (this.#behind > 0) return;
    const labels = this.#options.columns.map((_, series) => {
      const values = plot.data[series + 1] ?? [];
      return { series, text: this.#options.figure(values[values.length - 1] ?? Number.NaN) };
    });
    paintEndLabels(plot, labels, this.#ink);
  }

  /** Draws what changed since the last call; cheap where nothing did. */
  draw(): void {
    const { ring, columns, leastSpan } = this.#options;
    if (ring.version === this.#drawn) return;
    this.#drawn = ring.version;
    const newest = ring.newest;
    if (newest === null) return;
    const view = ring.view();
    const end = newest - this.#behind;
    const start = end - this.#span;
    const from = firstAtOrAfter(view.time, start);
    const to = firstAtOrAfter(view.time, end + 0.5);
    const first = Math.max(0, from - 1);
    const chosen = columns.map((column) => (view.columns[column] ?? new Float64Array(0)).subarray(first, to));
    const seen = chosen.flatMap((values) => extent(values, from - first, values.length));
    const [low, high] = niceRange([...seen, ...this.include], leastSpan);
    this.#plot.batch(() => {
      this.#plot.setData([view.time.subarray(first, to), ...chosen] as unknown as uPlot.AlignedData, false);
      this.#plot.setScale('x', { min: start, max: end });
      this.#plot.setScale('y', { min: low, max: high });
    });
  }

  /** Draws at the next frame even without a new sample. */
  touch(): void {
    this.#drawn = -1;
  }

  resize(width: number): void {
    this.#plot.setSize({ width: Math.max(width, 120), height: this.#options.height });
    this.touch();
  }

  zoom(factor: number): void {
    const held = Math.max(this.#held(), this.#windowMs);
    this.#span = Math.min(Math.max(this.#span * factor, SHORTEST_MS), held);
    this.touch();
  }

  /** Moves the window by a share of its width; negative is back in time. */
  pan(share: number): void {
    const furthest = Math.max(0, this.#held() - this.#span);
    this.#behind = Math.min(Math.max(this.#behind - share * this.#span, 0), furthest);
    this.touch();
  }

  reset(): void {
    this.#span = this.#windowMs;
    this.#behind = 0;
    this.touch();
  }

  #held(): number {
    const { time } = this.#options.ring.view();
    return time.length === 0 ? 0 : (time[time.length - 1] ?? 0) - (time[0] ?? 0);
  }

  destroy(): void {
    this.#plot.destroy();
  }
}
