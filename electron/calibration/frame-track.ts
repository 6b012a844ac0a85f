import type { Frame } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { AgentLink } from '../drivers/driver.ts';

/** One channel of one frame; null where the unit had no good reading. */
export interface UnitReading {
  at: number;
  value: number | null;
  raw: number | null;
}

/** A unit sends several frames a second; when none comes for this long, something is wrong with it or its line. */
const SILENCE_SECONDS = 5;
// Only the frames around the present moment are ever asked for.
const KEPT_FRAMES = 64;

/**
 * Follows one channel of a unit's frames. `fail` is called once frames stop coming (NO_REPLY) or do not hold the
 * channel (NOT_FOUND).
 */
export class FrameTrack {
  readonly #channel: string;
  readonly #fail: (failure: Failure) => void;
  readonly #port: string;
  readonly #unlisten: () => void;
  #unused: UnitReading[] = [];
  #silence: ReturnType<typeof setTimeout> | undefined;
  #waiting: (() => void) | null = null;
  #lastAt = Number.NEGATIVE_INFINITY;
  /** How often the host's clock was set back. */
  #clockSettings = 0;

  constructor(
    onFrame: AgentLink['onFrame'],
    { channel, port, fail }: { channel: string; port: string; fail: (failure: Failure) => void },
  ) {
    this.#channel = channel;
    this.#port = port;
    this.#fail = fail;
    this.#expectFrame();
    this.#unlisten = onFrame((frame) => this.#accept(frame));
  }

  /**
   * The frame nearest in time to `at` that was not handed out before, so that no reading counts twice. Waits for the
   * first frame at or after `at`: only then is it known which one is nearest. A clock that is set back meanwhile makes
   * `at` a moment that no frame has: null.
   */
  async nearest(at: number): Promise<UnitReading | null> {
    this.#mindClock(Date.now());
    const settings = this.#clockSettings;
    while (!this.#unused.some((reading) => reading.at >= at)) {
      if (settings !== this.#clockSettings) return null;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    const distance = (reading: UnitReading): number => Math.abs(reading.at - at);
    const nearest = this.#unused.reduce((best, next) => (distance(next) < distance(best) ? next : best));
    this.#unused = this.#unused.slice(this.#unused.indexOf(nearest) + 1);
    return nearest;
  }

  close(): void {
    this.#unlisten();
    clearTimeout(this.#silence);
    this.#waiting = null;
  }

  #accept(frame: Frame): void {
    this.#expectFrame();
    const reading = frame.channels.find(({ id }) => id === this.#channel);
    if (!reading) {
      this.#fail(new Failure('NOT_FOUND', { thing: 'channel', id: this.#channel }));
      return;
    }
    this.#mindClock(frame.at);
    this.#lastAt = frame.at;
    this.#unused.push({ at: frame.at, value: reading.value, raw: reading.raw });
    if (this.#unused.length > KEPT_FRAMES) this.#unused.shift();
    this.#waiting?.();
  }

  /** What came before the clock was set back is dated by another clock. */
  #mindClock(now: number): void {
    if (now >= this.#lastAt) return;
    this.#lastAt = now;
    this.#unused = [];
    this.#clockSettings += 1;
  }

  #expectFrame(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(
      () =>
        this.#fail(
          new Failure('NO_REPLY', {
            port: this.#port,
            seconds: SILENCE_SECONDS,
            during: 'waiting for its readings',
          }),
        ),
      SILENCE_SECONDS * 1000,
    );
  }
}
