import { decodeLiveBlock } from '../../shared/contract/live.ts';
import { SampleRing } from './ring.ts';

/** Sends each live block to the ring of its stream; what belongs to no stream is dropped and counted. */
export class LiveFeed {
  #rings = new Map<number, { ring: SampleRing; nextSeq: number | null }>();
  #strays = 0;

  get strays(): number {
    return this.#strays;
  }

  open(stream: number, channels: number, capacity: number): SampleRing {
    const ring = new SampleRing(channels, capacity);
    this.#rings.set(stream, { ring, nextSeq: null });
    return ring;
  }

  close(stream: number): void {
    this.#rings.delete(stream);
  }

  take(bytes: Uint8Array): void {
    const block = decodeLiveBlock(bytes);
    const entry = block === null ? undefined : this.#rings.get(block.stream);
    if (block === null || entry === undefined) {
      this.#strays += 1;
      return;
    }
    const { ring } = entry;
    const [time, ...channels] = block.columns;
    if (time === undefined || time.length === 0) return;
    const jumped = entry.nextSeq !== null && block.firstSeq !== entry.nextSeq;
    if (block.gap || jumped) ring.pushGap();
    for (let i = 0; i < time.length; i++) {
      ring.push(
        time[i] ?? Number.NaN,
        channels.map((column) => column[i] ?? Number.NaN),
      );
    }
    entry.nextSeq = block.firstSeq + time.length;
  }
}
