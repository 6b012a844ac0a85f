import type { ProfileChannel } from '../../shared/contract/profile.ts';
import type { Connections } from '../drivers/connections.ts';
import { type LiveSink, LiveUnit } from './live.ts';

/** A unit that is looked at but does not answer is asked again this often. */
const RETRY_MS = 1000;

interface Watched {
  live: LiveUnit;
  unlisten: () => void;
}

/** The live frames of every unit that was looked at; keeps them coming while somebody looks. */
export class LiveHub {
  readonly #connections: Connections;
  readonly #units = new Map<string, Watched>();
  readonly #streams = new Map<number, { unit: string; stop: AbortController }>();
  #lastStream = 0;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Returns the stream's id; blocks go to `sink` until `unsubscribe`. `portOf` is asked anew at each attempt. */
  subscribe(
    unit: string,
    portOf: () => string | null,
    channels: readonly ProfileChannel[],
    sink: LiveSink,
  ): number {
    this.#lastStream += 1;
    const id = this.#lastStream;
    this.#watch(unit).live.subscribe(id, channels, sink);
    const stop = new AbortController();
    this.#streams.set(id, { unit, stop });
    void this.#keepAttached(unit, portOf, stop.signal);
    return id;
  }

  unsubscribe(id: number): void {
    const stream = this.#streams.get(id);
    if (!stream) return;
    stream.stop.abort();
    this.#streams.delete(id);
    this.#units.get(stream.unit)?.live.unsubscribe(id);
  }

  close(): void {
    for (const id of this.#streams.keys()) this.unsubscribe(id);
    for (const { unlisten } of this.#units.values()) unlisten();
    this.#units.clear();
  }

  /** The history is kept from the first look on, so that a reloaded page shows it at once. */
  #watch(unit: string): Watched {
    const known = this.#units.get(unit);
    if (known) return known;
    const live = new LiveUnit();
    const watched = { live, unlisten: this.#connections.onFrame(unit, (frame) => live.accept(frame)) };
    this.#units.set(unit, watched);
    return watched;
  }

  /** A unit that is away, busy or not provisioned yet is no failure here: the chart shows the gap. */
  async #keepAttached(unit: string, portOf: () => string | null, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const port = portOf();
      if (port !== null) await this.#connections.attachIfIdle(port, unit, signal);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, RETRY_MS).unref();
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
}
