import type { Frame } from '../../shared/contract/devices.ts';
import { encodeLiveBlock } from '../../shared/contract/live.ts';
import type { ProfileChannel } from '../../shared/contract/profile.ts';

/** Frames leave in blocks, so that a window gets a few messages a second whatever the scan rate is. */
const BLOCK_MS = 50;
/** What a page gets at once when it (re)connects. */
const HISTORY_FRAMES = 3000;
/** Beyond this many unsent bytes a slow page gets no further blocks; the next one says that some are missing. */
const BACKLOG_LIMIT = 1_000_000;

export interface LiveSink {
  post(bytes: Uint8Array): void;
  readonly backlog?: number;
}

interface Stream {
  id: number;
  channels: readonly ProfileChannel[];
  sink: LiveSink;
  pending: Frame[];
  lastSeq: number;
  gap: boolean;
}

/** The live frames of one unit: a short history, and streams of blocks to whoever looks. */
export class LiveUnit {
  readonly #history: Frame[] = [];
  readonly #streams = new Map<number, Stream>();
  #timer: NodeJS.Timeout | null = null;

  accept(frame: Frame): void {
    const last = this.#history.at(-1);
    // The unit restarted: its sequence begins anew, and what was before is another story.
    if (last && frame.seq <= last.seq) this.#history.length = 0;
    this.#history.push(frame);
    if (this.#history.length > HISTORY_FRAMES) this.#history.shift();
    for (const stream of this.#streams.values()) stream.pending.push(frame);
    if (this.#streams.size > 0) this.#timer ??= setTimeout(() => this.#flush(), BLOCK_MS).unref();
  }

  subscribe(id: number, channels: readonly ProfileChannel[], sink: LiveSink): void {
    this.#streams.set(id, { id, channels, sink, pending: [...this.#history], lastSeq: 0, gap: false });
    this.#timer ??= setTimeout(() => this.#flush(), 0).unref();
  }

  /** True where nobody looks any more. */
  unsubscribe(id: number): boolean {
    this.#streams.delete(id);
    if (this.#streams.size === 0 && this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    return this.#streams.size === 0;
  }

  #flush(): void {
    this.#timer = null;
    for (const stream of this.#streams.values()) send(stream);
  }
}

function send(stream: Stream): void {
  const frames = stream.pending;
  stream.pending = [];
  const first = frames[0];
  const last = frames.at(-1);
  if (!first || !last) return;
  if ((stream.sink.backlog ?? 0) > BACKLOG_LIMIT) {
    stream.gap = true;
    return;
  }
  const gap = stream.gap || (stream.lastSeq > 0 && first.seq !== stream.lastSeq + 1);
  stream.sink.post(
    encodeLiveBlock({
      stream: stream.id,
      firstSeq: first.seq,
      gap,
      columns: columns(frames, stream.channels),
    }),
  );
  stream.lastSeq = last.seq;
  stream.gap = false;
}

/** Time in ms since 1970, then each channel in its engineering unit; for plots, so in floats. */
function columns(frames: readonly Frame[], channels: readonly ProfileChannel[]): Float64Array[] {
  const time = Float64Array.from(frames, (frame) => frame.at);
  const values = channels.map((channel) => {
    const quantum = Number(channel.quantum);
    return Float64Array.from(frames, (frame) => {
      const value = frame.channels.find(({ id }) => id === channel.id)?.value;
      return value === null || value === undefined ? Number.NaN : value * quantum;
    });
  });
  return [time, ...values];
}
