import { describe, expect, it } from 'vitest';
import { type FaultKind, faultKinds, readFault, spanOf, usualFault } from './faultDraft.ts';

const recording = { from: 1_000_000, to: 4_600_000 };
const extent = { low: 20, high: 60 };
const usual = (kind: FaultKind, at: number | null = null) =>
  usualFault(kind, 't1', recording, at, extent, '0.001');

describe('a fault that is being typed', () => {
  it('begins as one that can be put in, whatever its kind', () => {
    for (const kind of faultKinds) expect(readFault(usual(kind), recording.from)).not.toBeNull();
  });

  it('is placed in ms after the first row, at the instant that was chosen', () => {
    expect(readFault(usual('spike', 2_000_000), recording.from)).toEqual({
      kind: 'spike',
      input: 't1',
      at: 1_000_000,
      height: '20.000',
    });
    expect(readFault({ ...usual('clock'), amount: '-1.5' }, recording.from)).toMatchObject({ ms: -1500 });
  });

  it('is not taken before the data, turned round, or without a number', () => {
    const stuck = usual('stuck');
    expect(readFault({ ...stuck, from: 0 }, recording.from)).toBeNull();
    expect(readFault({ ...stuck, to: stuck.from }, recording.from)).toBeNull();
    expect(readFault({ ...usual('noise'), amount: 'much' }, recording.from)).toBeNull();
    expect(readFault({ ...usual('clock'), amount: '' }, recording.from)).toBeNull();
    expect(readFault({ ...usual('clock'), amount: 'x' }, recording.from)).toBeNull();
  });

  it('shows for as long as it lasts', () => {
    const fault = readFault(usual('dropout'), recording.from);
    expect(fault && spanOf(fault)).toEqual({ from: 360_000, until: 720_000 });
    const clock = readFault(usual('clock'), recording.from);
    expect(clock && spanOf(clock)).toEqual({ from: 360_000, until: 360_000 });
  });
});
