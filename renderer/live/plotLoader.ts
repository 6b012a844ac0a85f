import type { RecordedPlot } from './recordingChartProps.ts';
import type { Span } from './span.ts';

type Plot = (from: number | null, to: number | null, points: number) => Promise<RecordedPlot>;

interface Wanted {
  /** Null: the whole recording. */
  span: Span | null;
  points: number;
}

/** Asks for one picture at a time; of those wanted meanwhile only the newest is asked for next. */
export class PlotLoader {
  readonly #plot: Plot;
  readonly #taken: (plot: RecordedPlot, whole: boolean) => void;
  readonly #failed: (thrown: unknown) => void;
  #waiting: Wanted | null = null;
  #asking = false;
  #closed = false;

  constructor(
    plot: Plot,
    taken: (plot: RecordedPlot, whole: boolean) => void,
    failed: (thrown: unknown) => void,
  ) {
    this.#plot = plot;
    this.#taken = taken;
    this.#failed = failed;
  }

  want(span: Span | null, points: number): void {
    this.#waiting = { span, points };
    if (!this.#asking) void this.#ask();
  }

  /** Answers that are still on their way are dropped. */
  close(): void {
    this.#closed = true;
    this.#waiting = null;
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    while (this.#waiting !== null) {
      const { span, points } = this.#waiting;
      this.#waiting = null;
      try {
        const plot = await this.#plot(span?.from ?? null, span?.to ?? null, points);
        if (!this.#closed) this.#taken(plot, span === null);
      } catch (thrown) {
        if (!this.#closed) this.#failed(thrown);
      }
    }
    this.#asking = false;
  }
}
