import { describe, expect, it } from 'vitest';
import { summariseTrace, valueText } from './recordingSummary.ts';

const trace = {
  id: 't1',
  title: '',
  unit: 'degC',
  quantum: '0.01',
  times: [0, 10, 20, 30],
  low: [1, 2, null, -5],
  high: [1, 8, null, -5],
};

describe('a recorded channel in words', () => {
  it('has its figures in the places of its step', () =>
    expect(summariseTrace(trace, { from: 0, to: 30 }, 30, 'de')).toEqual({
      id: 't1',
      title: 't1',
      unit: '°C',
      at: '−5,00',
      min: '−5,00',
      max: '8,00',
      gaps: 1,
    }));

  it('names both ends of a column, and nothing in a gap', () => {
    expect(valueText(trace, 10, 'en')).toBe('2.00 … 8.00');
    expect(valueText(trace, 20, 'en')).toBeNull();
    expect(
      summariseTrace({ ...trace, times: [], low: [], high: [] }, { from: 0, to: 1 }, 0, 'en'),
    ).toMatchObject({
      at: null,
      min: null,
      max: null,
    });
  });
});
