import { describe, expect, it } from 'vitest';
import { draftOf, firstDraft, pointsOver, readDraft } from './plan.ts';

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

describe('calibration plan form', () => {
  it('starts with whole points inside the range', () => {
    expect(pointsOver(-40, 125)).toEqual(['0', '50', '100']);
    expect(pointsOver(0, 1)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
  });

  it('reads what it starts with, and what it read', () => {
    const read = readDraft(firstDraft(channel));
    expect(read).toMatchObject({ plan: { channel: 't1', points: ['0', '50', '100'], tolerance: '0.5' } });
    if ('plan' in read) expect(readDraft(draftOf(read.plan))).toEqual(read);
  });

  it.each([
    ['-20', '120', '0.001', '0.5', '0.05', '1'],
    ['0', '1', '0.001', '0.005', '0.002', '0.01'],
    ['0', '16000', '1', '50', '5', '100'],
    ['0', '0.0001', '0.0000001', '0.0000005', '0.0000002', '0.000001'],
  ])('proposes for %s to %s in steps of %s', (min, max, quantum, tolerance, still, near) => {
    const draft = firstDraft({ ...channel, min, max, quantum });
    expect(draft).toMatchObject({
      tolerance,
      stability: { maxDrift: still, maxSpread: still, nearNominal: near },
    });
    expect(readDraft(draft)).toHaveProperty('plan');
  });

  it('takes a decimal comma and any parting', () => {
    const read = readDraft({ ...firstDraft(channel), points: ' −5,5 ; 20  60.25' });
    expect(read).toMatchObject({ plan: { points: ['-5.5', '20', '60.25'] } });
  });

  it.each([
    ['points', { points: '25' }],
    ['points', { points: '25; x' }],
    ['points', { points: '25; 25.0' }],
    ['tolerance', { tolerance: '0' }],
    ['tolerance', { tolerance: '' }],
    ['channel', { channel: '' }],
  ])('names %s as what is wrong', (problem, part) => {
    expect(readDraft({ ...firstDraft(channel), ...part })).toEqual({ problem });
  });

  it('names a stability figure', () => {
    const draft = firstDraft(channel);
    expect(readDraft({ ...draft, stability: { ...draft.stability, readings: '2' } })).toEqual({
      problem: 'readings',
    });
  });
});
