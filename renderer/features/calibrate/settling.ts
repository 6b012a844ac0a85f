import type { EventPayload } from '../../../shared/contract/contract.ts';
import { SampleRing } from '../../live/ring.ts';
import type { HostClient } from '../common/host.ts';

export type Settling = EventPayload<'calibrate.live'>;

/** Five readings a second for half an hour. */
const CAPACITY = 9_000;

/** Columns of the ring: reference, unit, and unit minus reference. */
export const settlingColumns = { reference: 0, unit: 1, difference: 2 } as const;

/** What was seen while waiting for readings, kept for as long as the page lives, so that a screen can be left. */
class SettlingRecord {
  #rings = new Map<string, SampleRing>();
  #latest = new Map<string, Settling>();
  #listeners = new Set<() => void>();

  /** Floats are for the plot only; figures are shown from the decimal text. */
  take(settling: Settling): void {
    const reference = Number(settling.reference);
    const unit = Number(settling.unit);
    const before = this.#latest.get(settling.wizard);
    const ring = this.ring(settling.wizard);
    if (before !== undefined && settling.at - before.at > 5_000) ring.pushGap();
    ring.push(settling.at, [reference, unit, unit - reference]);
    this.#latest.set(settling.wizard, settling);
    for (const listener of this.#listeners) listener();
  }

  ring(wizard: string): SampleRing {
    const known = this.#rings.get(wizard);
    if (known !== undefined) return known;
    const ring = new SampleRing(3, CAPACITY);
    this.#rings.set(wizard, ring);
    return ring;
  }

  latest(wizard: string): Settling | null {
    return this.#latest.get(wizard) ?? null;
  }

  onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const settlingRecord = new SettlingRecord();

export function recordSettling(host: HostClient): void {
  host.on('calibrate.live', (settling) => settlingRecord.take(settling));
}
