import { describe, expect, it } from 'vitest';
import type { HistoryLine } from '../../../shared/contract/certificate.ts';
import { driftSeries, largestError } from './history.ts';

const entry = (nominal: string, error: string) => ({ nominal, error, expandedUncertainty: '0.05' });
const line = (at: number, part: Partial<HistoryLine> = {}): HistoryLine => ({
  wizard: `w${at}`,
  at,
  channel: 't1',
  unit: 'degC',
  tolerance: '0.5',
  adjusted: false,
  verdict: 'pass',
  asFound: [entry('0', '0.1'), entry('50', '-0.4')],
  asLeft: [],
  certificate: null,
  ...part,
});

describe('drift of a channel', () => {
  it('follows each nominal, and begins anew after an adjustment', () => {
    const adjusted = line(2, { adjusted: true, asLeft: [entry('0', '0'), entry('50', '0.01')] });
    const [first] = driftSeries([line(1), adjusted, line(3)]);
    expect(first?.name).toBe('0 °C');
    expect(first?.points.map(({ at, value, isAdjusted }) => [at, value, isAdjusted])).toEqual([
      [1, '0.1', false],
      [2, '0.1', false],
      [2, '0', true],
      [3, '0.1', false],
    ]);
  });

  it('names the largest error whatever its sign', () => {
    expect(largestError(line(1).asFound)?.error).toBe('-0.4');
    expect(largestError([])).toBeNull();
  });
});
