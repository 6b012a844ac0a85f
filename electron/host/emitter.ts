import type { EventName, EventPayload } from '../../shared/contract/contract.ts';

type AnyListener = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

/** The contract's events inside the host, typed. */
export class Emitter {
  readonly #listeners = new Set<AnyListener>();

  emit<E extends EventName>(event: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners) listener(event, payload);
  }

  onAny(listener: AnyListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    return this.onAny((name, payload) => {
      if (name === (event as EventName)) listener(payload as unknown as EventPayload<E>);
    });
  }
}
