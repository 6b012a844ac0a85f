import { describe, expect, it } from 'vitest';
import type { PlotTrace } from '../../shared/contract/recordings.ts';
import { valueRange, valueScales } from './recordingScales.ts';

const trace = (id: string, unit: string, low: number[], high: number[]): PlotTrace => ({
  id,
  title: `Name of ${id}`,
  unit,
  quantum: '0.01',
  times: low.map((_, i) => i * 10),
  low,
  high,
});
const warm = trace('t1', 'degC', [20, 21, 22], [20.5, 21.5, 24]);
const cool = trace('t2', 'degC', [18, 18, 18], [18, 18, 18]);
const press = trace('p1', 'bar', [1, 1, 1], [1, 1, 1]);
const span = { from: 0, to: 20 };
const line = (value: number, channel = 't1') => ({ value, channel, label: '' });

describe('value axes', () => {
  it('are one a unit, named by the channel where it is the only one, and two at most', () =>
    expect(valueScales([warm, cool, press, trace('x', 'V', [0], [0])]).map(({ title }) => title)).toEqual([
      't1, t2 (°C)',
      'Name of p1 (bar)',
    ]));

  it('go by the short name where there is little room', () =>
    expect(valueScales([press], true).map(({ title }) => title)).toEqual(['p1 (bar)']));

  it('show all that is in sight', () => {
    expect(valueRange([warm, cool, press], 'degC', span, [])).toEqual([16, 26]);
    expect(valueRange([warm], 'degC', { from: 0, to: 0 }, [])[1]).toBeCloseTo(20.6);
  });

  it('reach to a threshold that is near, and not to one far away', () => {
    expect(valueRange([warm], 'degC', span, [line(27)])[1]).toBeGreaterThanOrEqual(27);
    expect(valueRange([warm], 'degC', span, [line(90)])).toEqual(valueRange([warm], 'degC', span, []));
    expect(valueRange([warm], 'degC', span, [line(27, 'p1')])).toEqual(valueRange([warm], 'degC', span, []));
  });

  it('do not magnify the last digits', () => {
    const [low, high] = valueRange([press], 'bar', span, []);
    expect(high - low).toBeGreaterThanOrEqual(0.2);
  });
});
