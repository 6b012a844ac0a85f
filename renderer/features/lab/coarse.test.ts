import { describe, expect, it } from 'vitest';
import { AuthorRule } from '../../../shared/contract/author.ts';
import { tooCoarse } from './coarse.ts';

const channel = {
  id: 't1',
  title: 'Bath',
  measurand: 'temperature',
  unit: 'degC',
  quantum: '0.001',
  adc: 26,
  oversample: 8,
  staleMs: 2000,
  min: '-50',
  max: '150',
  nominal: { mul: 1, add: 0, shift: 0 },
};
const rule = (when: object) => [AuthorRule.parse({ id: 'hot', when })];
const every = (ms: number) => ({ from: 0, to: 100 * ms, rows: 101 });

describe('rows of a recording that are far apart', () => {
  it('leave a channel silent between them', () => {
    const found = tooCoarse(every(5000), rule({ sensor: 't1', above: '60.0' }), [channel]);
    expect(found).toEqual({ step: 5000, stale: 2000, ids: ['t1'] });
    expect(tooCoarse(every(2000), rule({ sensor: 't1', above: '60.0' }), [channel])).toBeNull();
  });

  it('are no matter where the rule says itself when a sensor is silent, or looks at another', () => {
    expect(
      tooCoarse(every(5000), rule({ sensor: 't1', stale: '1min', above: '60.0' }), [channel]),
    ).toBeNull();
    expect(tooCoarse(every(5000), rule({ sensor: 't2', above: '60.0' }), [channel])).toBeNull();
  });

  it('are found however deep the sensor stands', () => {
    const deep = { any: [{ sensor: { sensor: 't1', average: '1min' }, above: '60.0' }] };
    expect(tooCoarse(every(5000), rule(deep), [channel])?.ids).toEqual(['t1']);
  });
});
