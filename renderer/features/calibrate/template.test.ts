import { describe, expect, it } from 'vitest';
import { PlanTemplate } from '../../../shared/contract/calibration-plan.ts';
import { readDraft } from './plan.ts';
import { fromTemplate, templatesFor } from './template.ts';

const channel = {
  id: 't1',
  title: 'Temperature',
  measurand: 'temperature',
  unit: 'degC',
  quantum: '0.001',
  adc: 26,
  oversample: 8,
  staleMs: 2000,
  min: '-40',
  max: '125',
  nominal: { mul: 1, add: 0, shift: 0 },
};

const template = PlanTemplate.parse({
  template: 1,
  id: 'thermometer',
  title: 'Thermometer',
  description: '',
  measurands: ['temperature'],
  shares: ['0', '0.25', '0.5', '1'],
  toleranceShare: '0.0025',
  plan: {
    sequence: 'up-down',
    cycles: 2,
    decision: { rule: 'guard-band', r: '0.83' },
    leastTur: '3',
    model: 'best',
    uncertainties: [],
    adjust: 'when-needed',
    method: 'WI-7',
  },
  stability: { readings: 10, intervalMs: 100, timeoutSeconds: 600 },
});

describe('plan from a template', () => {
  it('puts the shares over the range of the channel, exactly', () => {
    expect(readDraft(fromTemplate(template, channel))).toMatchObject({
      plan: {
        points: ['-40', '1.25', '42.5', '125'],
        tolerance: '0.4125',
        sequence: 'up-down',
        cycles: 2,
        decision: { rule: 'guard-band', r: '0.83' },
        leastTur: '3',
        stability: { readings: 10, maxDrift: '0.04125' },
      },
    });
  });

  it('asks for no tolerance below what the channel can show', () => {
    expect(fromTemplate({ ...template, toleranceShare: '0' }, channel).tolerance).toBe('0.005');
  });

  it('offers only what measures the same', () => {
    expect(templatesFor([template], channel)).toEqual([template]);
    expect(templatesFor([template], { ...channel, measurand: 'pressure' })).toEqual([]);
  });
});
