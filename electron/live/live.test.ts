import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from '../../shared/contract/devices.ts';
import { decodeLiveBlock, type LiveBlock } from '../../shared/contract/live.ts';
import { exampleChannel as channel } from '../../shared/contract/profile.fixture.ts';
import { LiveUnit } from './live.ts';

const frame = (seq: number, value: number | null): Frame => ({
  seq,
  t: seq * 100,
  at: 1_000 + seq,
  channels: [{ id: 't1', value, raw: 1 }],
});

function watched(backlog = 0) {
  const blocks: LiveBlock[] = [];
  const sink = {
    backlog,
    post: (bytes: Uint8Array) => {
      const block = decodeLiveBlock(bytes);
      if (block) blocks.push(block);
    },
  };
  const unit = new LiveUnit();
  return { unit, sink, blocks };
}

describe('live unit', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gives a new page the history, then blocks in the channel’s engineering unit', () => {
    const { unit, sink, blocks } = watched();
    unit.accept(frame(1, 25_000));
    unit.subscribe(7, [channel], sink);
    unit.accept(frame(2, null));
    vi.runAllTimers();
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ stream: 7, firstSeq: 1, gap: false });
    expect(blocks[0]?.columns.map((column) => [...column])).toEqual([
      [1001, 1002],
      [25, Number.NaN],
    ]);
  });

  it('marks a lost frame as a gap', () => {
    const { unit, sink, blocks } = watched();
    unit.subscribe(1, [channel], sink);
    unit.accept(frame(1, 0));
    vi.runAllTimers();
    unit.accept(frame(3, 0));
    vi.runAllTimers();
    expect(blocks.map(({ firstSeq, gap }) => [firstSeq, gap])).toEqual([
      [1, false],
      [3, true],
    ]);
  });

  it('leaves blocks out for a page that falls behind, and says so in the next one', () => {
    const { unit, sink, blocks } = watched(2_000_000);
    unit.subscribe(1, [channel], sink);
    unit.accept(frame(1, 0));
    vi.runAllTimers();
    expect(blocks).toHaveLength(0);
    sink.backlog = 0;
    unit.accept(frame(2, 0));
    vi.runAllTimers();
    expect(blocks).toMatchObject([{ firstSeq: 2, gap: true }]);
  });

  it('forgets what was before a restart of the unit', () => {
    const { unit, sink, blocks } = watched();
    unit.accept(frame(900, 1));
    unit.accept(frame(1, 2));
    unit.subscribe(1, [channel], sink);
    vi.runAllTimers();
    expect(blocks[0]?.columns[0]).toHaveLength(1);
  });
});
