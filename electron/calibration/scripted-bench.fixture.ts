import type { CalibrationPlan, PointResult } from '../../shared/contract/calibrate.ts';
import type { Frame } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { ReferenceSession } from '../drivers/driver.ts';
import { measurePoint, type PointProgress, type PointTools } from './measure.ts';

export const plan: Pick<CalibrationPlan, 'stability' | 'tolerance'> = {
  tolerance: '0.100',
  stability: {
    readings: 6,
    intervalMs: 500,
    maxDrift: '0.010',
    maxSpread: '0.010',
    nearNominal: '0.5',
    timeoutSeconds: 60,
  },
};

/** A unit that sends a frame every 100 ms, and a reference, both following a script; a null bath never answers. */
export class ScriptedBench {
  readonly started = Date.now();
  readonly listeners = new Set<(frame: Frame) => void>();
  readonly setPoints: string[] = [];
  readonly progress: PointProgress[] = [];
  readonly stop = new AbortController();
  pullCable: () => void = () => {};
  readonly unitClosed = new Promise<void>((resolve) => {
    this.pullCable = resolve;
  });
  reads = 0;
  /** How long the reference takes to answer. */
  latencyMs = 30;
  override: string | null = null;
  unit: (seconds: number) => number | null | 'silent' = () => 25_020;
  bath: (seconds: number) => string | Failure | null = () => '25.0000';
  #seq = 0;
  readonly #timer = setInterval(() => this.#frame(), 100);

  get seconds(): number {
    return (Date.now() - this.started) / 1000;
  }

  #frame(): void {
    const value = this.unit(this.seconds);
    if (value === 'silent') return;
    this.#seq += 1;
    const raw = value === null ? null : value * 8;
    const frame = { seq: this.#seq, t: this.#seq, at: Date.now(), channels: [{ id: 't1', value, raw }] };
    for (const listener of this.listeners) listener(frame);
  }

  readonly reference: ReferenceSession = {
    port: 'bench:reference',
    closed: new Promise(() => {}),
    identify: () => Promise.reject(new Error('not asked')),
    close: () => Promise.resolve(),
    setPoint: (value) => {
      this.setPoints.push(value);
      return Promise.resolve();
    },
    read: async () => {
      this.reads += 1;
      await new Promise((resolve) => setTimeout(resolve, this.latencyMs));
      const value = this.bath(this.seconds);
      if (value instanceof Failure) throw value;
      if (value === null) return new Promise(() => {});
      return { value, at: Date.now() };
    },
  };

  measure(change: Partial<PointTools> = {}): Promise<PointResult> {
    return measurePoint({
      unitPort: 'bench:1',
      unitClosed: this.unitClosed,
      onFrame: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      reference: this.reference,
      channel: { id: 't1', quantum: '0.001' },
      nominal: '25.0',
      plan,
      driveReference: false,
      signal: this.stop.signal,
      overrideReason: () => this.override,
      onProgress: (live) => this.progress.push(live),
      ...change,
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
