import { describe, expect, it } from 'vitest';
import { encodeLiveBlock } from '../../shared/contract/live.ts';
import { LiveFeed } from './feed.ts';

const block = (stream: number, firstSeq: number, values: number[], gap = false) =>
  encodeLiveBlock({
    stream,
    firstSeq,
    gap,
    columns: [Float64Array.from(values, (_, i) => 100 * (firstSeq + i)), Float64Array.from(values)],
  });

describe('LiveFeed', () => {
  it('fills the ring of the stream and shows what is missing', () => {
    const feed = new LiveFeed();
    const ring = feed.open(3, 1, 50);
    feed.take(block(3, 1, [20, 21]));
    feed.take(block(3, 3, [22]));
    feed.take(block(3, 9, [23]));
    feed.take(block(3, 10, [24], true));
    expect([...(ring.view().columns[0] ?? [])]).toEqual([20, 21, 22, Number.NaN, 23, Number.NaN, 24]);
    expect(ring.gaps).toEqual([300, 900]);
  });

  it('counts strays and bytes that are no block', () => {
    const feed = new LiveFeed();
    feed.take(block(8, 1, [1]));
    feed.take(Uint8Array.of(1, 2, 3));
    expect(feed.strays).toBe(2);
    feed.open(8, 1, 5);
    feed.close(8);
    feed.take(block(8, 1, [1]));
    expect(feed.strays).toBe(3);
  });
});
