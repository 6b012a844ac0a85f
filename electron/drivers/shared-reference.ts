import { Failure } from '../../shared/contract/failure.ts';
import { compareDecimal } from '../../shared/units/units.ts';
import type { ReferenceSession } from './driver.ts';

/** What work with a unit needs of the reference. */
export type WorkingReference = Pick<ReferenceSession, 'port' | 'read' | 'setPoint'>;

export interface SharedPlace extends WorkingReference {
  /** Gives the place up; the reference stays open for the others. */
  leave(): Promise<void>;
}

interface Place {
  /** The set point that it waits for; null while it works at the present one, or needs none yet. */
  asked: { value: string; granted: PromiseWithResolvers<void> } | null;
}

/**
 * One reference (a bath, a block, a calibrator) for several units at a time. It is driven to a new set point only when
 * nobody works at the present one any more: whoever asks for a set point has done with the one before. Those who ask
 * for the same value are served together, those who have waited longest first.
 */
export class SharedReference {
  readonly port: string;
  readonly #open: () => Promise<ReferenceSession>;
  readonly #places = new Set<Place>();
  #moving = false;
  #next: Promise<{ value: string; at: number }> | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** `open` gives the session that is open now: one that was lost is opened again. */
  constructor(port: string, open: () => Promise<ReferenceSession>) {
    this.port = port;
    this.#open = open;
  }

  /** A place at the reference; until `leave`, nobody else gets a new set point without it having asked as well. */
  join(): SharedPlace {
    const place: Place = { asked: null };
    this.#places.add(place);
    return {
      port: this.port,
      read: () => this.#read(),
      setPoint: (value) => this.#ask(place, value),
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
    place.asked?.granted.reject(new Failure('CANCELLED', { during: 'waiting for the reference' }));
    const granted = Promise.withResolvers<void>();
    // Set anew, so that the longest wait comes first.
    this.#places.delete(place);
    this.#places.add(place);
    place.asked = { value, granted };
    void this.#move();
    return granted.promise;
  }

  async #leave(place: Place): Promise<void> {
    this.#places.delete(place);
    place.asked?.granted.reject(new Failure('CANCELLED', { during: 'waiting for the reference' }));
    place.asked = null;
    await this.#move();
  }

  async #move(): Promise<void> {
    const waiting = [...this.#places];
    const [first] = waiting;
    if (this.#moving || !first || waiting.some(({ asked }) => asked === null)) return;
    const value = first.asked?.value ?? '';
    const served = waiting.flatMap((place) => {
      const { asked } = place;
      if (asked === null || compareDecimal(asked.value, value) !== 0) return [];
      place.asked = null;
      return [asked.granted];
    });
    this.#moving = true;
    try {
      await (await this.#open()).setPoint(value);
      for (const granted of served) granted.resolve();
    } catch (thrown) {
      for (const granted of served) granted.reject(thrown);
    } finally {
      this.#moving = false;
    }
    await this.#move();
  }
}

/** Who has a place at which reference. Work with a unit that has none drives the reference by itself. */
export class SharedReferences {
  readonly #open: (port: string, signal: AbortSignal) => Promise<ReferenceSession>;
  readonly #places = new Map<string, SharedPlace>();

  constructor(open: (port: string, signal: AbortSignal) => Promise<ReferenceSession>) {
    this.#open = open;
  }

  /** Places for units that are worked on together, by the ports where they are. Resolves with how to leave one. */
  join(port: string, unitPorts: readonly string[], signal: AbortSignal): Map<string, () => Promise<void>> {
    const shared = new SharedReference(port, () => this.#open(port, signal));
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

  /** The reference for work with the unit on `unitPort`. */
  async for(unitPort: string, port: string, signal: AbortSignal): Promise<WorkingReference> {
    const place = this.#places.get(unitPort);
    return place?.port === port ? place : this.#open(port, signal);
  }
}
