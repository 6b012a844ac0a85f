import { Failure } from '../../shared/contract/failure.ts';
import { compareDecimal } from '../../shared/units/units.ts';
import type { ReferenceSession } from './driver.ts';
import type { PortSource } from './open-reference.ts';

/** What work with a unit needs of the reference. */
export type WorkingReference = Pick<ReferenceSession, 'port' | 'read' | 'setPoint'>;

export interface SharedPlace extends WorkingReference {
  /** The unit is not there for a while: the others go on, and it is served again when it asks. */
  stepAside(): void;
  /** Gives the place up; the reference stays open for the others. */
  leave(): Promise<void>;
}

interface Place {
  /** The set point that it waits for; null while it works at the present one, or needs none yet. */
  asked: { value: string; granted: PromiseWithResolvers<void> } | null;
  /** The set point that it was given last. */
  given: string | null;
  /** The unit is not there: nothing waits for it until it asks again. */
  isAside: boolean;
}

interface SharedOptions {
  /** Nothing is driven any more once this is aborted. */
  signal?: AbortSignal;
  /** How long those who are ready wait for units that have not needed the reference at all yet, ms. */
  patienceMs?: number;
}

/** Units of one kind come to their first set point within a few seconds of each other. */
const usualPatienceMs = 20_000;

/**
 * One reference (a bath, a block, a calibrator) for several units at a time. It is driven to a new set point only when
 * nobody works at the present one any more: whoever asks for a set point has done with the one before. Those who ask
 * for the same value are served together; where they differ, the value that most of them wait for comes first, so that
 * one who lags behind does not have the others wait, and then who has waited longest.
 */
export class SharedReference {
  readonly port: string;
  readonly #open: () => Promise<ReferenceSession>;
  readonly #signal: AbortSignal | undefined;
  readonly #patienceMs: number;
  readonly #places = new Set<Place>();
  #moving = false;
  /** Runs while everybody waits for places that have not needed the reference yet. */
  #timer: NodeJS.Timeout | undefined;
  #next: Promise<{ value: string; at: number }> | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** `open` gives the session that is open now: one that was lost is opened again. */
  constructor(port: string, open: () => Promise<ReferenceSession>, options: SharedOptions = {}) {
    this.port = port;
    this.#open = open;
    this.#signal = options.signal;
    this.#patienceMs = options.patienceMs ?? usualPatienceMs;
    this.#signal?.addEventListener('abort', () => this.#giveUp(), { once: true });
  }

  /** A place at the reference; until `leave`, nobody else gets a new set point without it having asked as well. */
  join(): SharedPlace {
    const place: Place = { asked: null, given: null, isAside: false };
    this.#places.add(place);
    return {
      port: this.port,
      read: () => this.#read(),
      setPoint: (value) => this.#ask(place, value),
      stepAside: () => {
        place.isAside = true;
        place.given = null;
        void this.#move();
      },
      leave: () => this.#leave(place),
    };
  }

  /** A reading that is asked for after this moment; whoever asks before it is under way shares it. */
  #read(): Promise<{ value: string; at: number }> {
    this.#next ??= this.#last.then(() => {
      this.#next = null;
      const reading = this.#open().then((session) => session.read());
      this.#last = reading.catch(() => undefined);
      return reading;
    });
    return this.#next;
  }

  #ask(place: Place, value: string): Promise<void> {
    if (!this.#places.has(place)) {
      return Promise.reject(new Failure('INTERNAL', { detail: 'a place at the reference was left before' }));
    }
    place.asked?.granted.reject(waitEnded());
    if (this.#signal?.aborted) return Promise.reject(waitEnded());
    place.isAside = false;
    if (this.#isHeldAt(value, place)) {
      place.given = value;
      return Promise.resolve();
    }
    const granted = Promise.withResolvers<void>();
    // Set anew, so that the longest wait comes first.
    this.#places.delete(place);
    this.#places.add(place);
    place.asked = { value, granted };
    void this.#move();
    return granted.promise;
  }

  /** Somebody else works at this very set point now, so it stays until they both are done. */
  #isHeldAt(value: string, place: Place): boolean {
    if (this.#moving) return false;
    return [...this.#places].some(
      (other) =>
        other !== place &&
        !other.isAside &&
        other.asked === null &&
        other.given !== null &&
        isSame(other.given, value),
    );
  }

  async #leave(place: Place): Promise<void> {
    this.#places.delete(place);
    place.asked?.granted.reject(waitEnded());
    place.asked = null;
    await this.#move();
  }

  /** Whoever waits is told so; what is under way ends by itself. */
  #giveUp(): void {
    clearTimeout(this.#timer);
    for (const place of this.#places) {
      place.asked?.granted.reject(waitEnded());
      place.asked = null;
    }
  }

  async #move(): Promise<void> {
    const value = this.#moving ? undefined : this.#nextSetPoint();
    if (value === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const served = [...this.#places].flatMap((place) => {
      const { asked } = place;
      if (asked === null || !isSame(asked.value, value)) return [];
      place.asked = null;
      place.given = value;
      return [{ place, granted: asked.granted }];
    });
    this.#moving = true;
    try {
      await (await this.#open()).setPoint(value);
      for (const { granted } of served) granted.resolve();
    } catch (thrown) {
      for (const { place, granted } of served) {
        place.given = null;
        granted.reject(thrown);
      }
    } finally {
      this.#moving = false;
    }
    await this.#move();
  }

  /** Undefined while somebody works at the present set point, or is about to come for the first time. */
  #nextSetPoint(): string | undefined {
    const present = [...this.#places].filter(({ isAside }) => !isAside);
    const asked = present.flatMap((place) => (place.asked === null ? [] : [place.asked.value]));
    const holding = present.filter((place) => place.asked === null);
    if (asked.length === 0 || holding.some(({ given }) => given !== null)) return undefined;
    if (holding.length > 0) {
      this.#timer ??= setTimeout(() => {
        for (const place of this.#places)
          if (place.given === null && place.asked === null) place.isAside = true;
        void this.#move();
      }, this.#patienceMs).unref();
      return undefined;
    }
    const votes = (value: string): number => asked.filter((other) => isSame(other, value)).length;
    return asked.reduce((best, value) => (votes(value) > votes(best) ? value : best));
  }
}

const isSame = (one: string, other: string): boolean => compareDecimal(one, other) === 0;

const waitEnded = (): Failure => new Failure('CANCELLED', { during: 'waiting for the reference' });

/** Opens the reference on a port, or gives the session that is open. */
export type OpenSharedReference = (
  port: string,
  signal: AbortSignal,
  source?: PortSource,
) => Promise<ReferenceSession>;

/** Who has a place at which reference. Work with a unit that has none drives the reference by itself. */
export class SharedReferences {
  readonly #open: OpenSharedReference;
  readonly #places = new Map<string, SharedPlace>();

  constructor(open: OpenSharedReference) {
    this.#open = open;
  }

  /** Places for units that are worked on together, by the ports where they are. Resolves with how to leave one. */
  join(
    port: string,
    unitPorts: readonly string[],
    signal: AbortSignal,
    source?: PortSource,
  ): Map<string, () => Promise<void>> {
    const shared = new SharedReference(port, () => this.#open(port, signal, source), { signal });
    return new Map(
      unitPorts.map((unitPort) => {
        const place = shared.join();
        this.#places.set(unitPort, place);
        const leave = async (): Promise<void> => {
          if (this.#places.get(unitPort) === place) this.#places.delete(unitPort);
          await place.leave();
        };
        return [unitPort, leave];
      }),
    );
  }

  /** Whether the unit on this port has a place at the reference on that one. */
  has(unitPort: string, port: string): boolean {
    return this.#places.get(unitPort)?.port === port;
  }

  /** The unit that is worked on at this port is not there for a while. */
  stepAside(unitPort: string): void {
    this.#places.get(unitPort)?.stepAside();
  }

  /** The reference for work with the unit on `unitPort`. */
  async for(
    unitPort: string,
    port: string,
    signal: AbortSignal,
    source?: PortSource,
  ): Promise<WorkingReference> {
    const place = this.#places.get(unitPort);
    return place?.port === port ? place : this.#open(port, signal, source);
  }
}
