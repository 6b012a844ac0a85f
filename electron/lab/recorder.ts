import type { Frame, RuleEvent } from '../../shared/contract/devices.ts';
import { absent } from '../../shared/rules/rules.ts';
import type { RecordedBlock, RecordedChannel } from '../recordings/recordings.ts';

/** Events that a contract's list holds; one that finds no room counts as lost. */
const mostEvents = 5000;

/** What the unit decided while it was recorded, as far as that can be compared. */
export interface Heard {
  events: RuleEvent[];
  lost: number;
  /** It restarted, or its rules were touched: from then on it decided from another start than a replay would. */
  disturbed: boolean;
}

/**
 * Frames of a unit as rows, from the first one that comes until `end`; or until it comes back from a restart with
 * other channels, whose numbers mean something else.
 */
export class FrameRecorder {
  rows = 0;
  readonly heard: Heard = { events: [], lost: 0, disturbed: false };
  readonly #channels: readonly RecordedChannel[];
  readonly #hasThem: () => boolean;
  #waiting: Frame[] = [];
  #ended = false;
  #wake: () => void = () => {};
  #last: Frame | null = null;
  /** Added to engine time: after a restart it begins anew, and a recording does not go back. */
  #shift = 0;

  constructor(channels: readonly RecordedChannel[], hasThem: () => boolean) {
    this.#channels = channels;
    this.#hasThem = hasThem;
  }

  frame(frame: Frame): void {
    if (this.#ended) return;
    const last = this.#last;
    if (last && (frame.seq <= last.seq || frame.t <= last.t)) {
      this.disturb();
      if (!this.#hasThem()) {
        this.end();
        return;
      }
      this.#shift += last.t + Math.max(1, Math.round(frame.at - last.at)) - frame.t;
    } else if (last) this.heard.lost += frame.seq - last.seq - 1;
    this.#last = frame;
    this.rows += 1;
    this.#waiting.push({ ...frame, t: frame.t + this.#shift });
    this.#wake();
  }

  event({ seq, t, rule, kind, first }: RuleEvent): void {
    // Of a frame before the first row: not of this recording.
    if (this.heard.disturbed || this.#last === null) return;
    if (this.heard.events.length >= mostEvents) this.heard.lost += 1;
    else this.heard.events.push({ seq, t, rule, kind, ...(first ? { first } : {}) });
  }

  damage(): void {
    if (this.#last !== null) this.heard.lost += 1;
  }

  disturb(): void {
    this.heard.disturbed = true;
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Rows as they come; ends after `end`. */
  async *blocks(): AsyncGenerator<RecordedBlock> {
    for (;;) {
      const frames = this.#waiting;
      this.#waiting = [];
      if (frames.length > 0) yield this.#blockOf(frames);
      else if (this.#ended) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  #blockOf(frames: readonly Frame[]): RecordedBlock {
    return {
      times: Float64Array.from(frames, ({ t }) => t),
      samples: this.#channels.map(({ id }) =>
        Float64Array.from(frames, ({ channels }) => {
          const found = channels.find((channel) => channel.id === id);
          return found ? (found.value ?? Number.NaN) : absent;
        }),
      ),
    };
  }
}
