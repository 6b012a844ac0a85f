import type { BathState } from './physics.ts';

/**
 * The bath's parameters in memory that all threads share. The main thread alone writes. A version number
 * that is odd while a write is under way lets readers notice a torn read and try again (a sequence lock).
 */
export interface BathShare {
  version: Int32Array<SharedArrayBuffer>;
  values: Float64Array<SharedArrayBuffer>;
}

export const newBathShare = (): BathShare => ({
  version: new Int32Array(new SharedArrayBuffer(4)),
  values: new Float64Array(new SharedArrayBuffer(24)),
});

export function publishBath(share: BathShare, bath: BathState): void {
  Atomics.add(share.version, 0, 1);
  share.values.set([bath.since, bath.from, bath.setPoint]);
  Atomics.add(share.version, 0, 1);
}

export function readBath(share: BathShare): BathState {
  for (;;) {
    const before = Atomics.load(share.version, 0);
    const [since = 0, from = 0, setPoint = 0] = share.values;
    if (before % 2 === 0 && Atomics.load(share.version, 0) === before) return { since, from, setPoint };
  }
}

/** Physics time, s: `factor` times the time since `epoch` (ns of the machine's monotonic clock, one for all threads). */
export const physicsTime = (epoch: bigint, factor: number): number =>
  (Number(process.hrtime.bigint() - epoch) / 1e9) * factor;
