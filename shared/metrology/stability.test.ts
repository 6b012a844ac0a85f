import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reading, StabilityEvidence, type StabilityRule } from '../contract/calibrate.ts';
import { compareDecimal } from '../units/units.ts';
import { evaluateStability } from './stability.ts';

const rule: StabilityRule = {
  readings: 5,
  intervalMs: 1000,
  maxDrift: '0.010',
  maxSpread: '0.005',
  nearNominal: '0.5',
  timeoutSeconds: 60,
};

const window = (reference: string[], unit: string[]): Reading[] =>
  reference.map((value, i) => ({ at: 1000 * i, reference: value, unit: unit[i] ?? '0', raw: i }));
const still = ['25.000', '25.000', '25.000', '25.000', '25.000'];

describe('stability', () => {
  it('holds for a still window', () => {
    expect(evaluateStability(window(still, still), '25.0', rule)).toEqual({
      stable: true,
      readings: 5,
      spanMs: 4000,
      referenceDrift: '0.00000',
      unitDrift: '0.00000',
      referenceSpread: '0.00000',
      unitSpread: '0.00000',
      distance: '0.00000',
      differenceT: '0.000',
      differenceTLimit: '3.182',
      autocorrelation: null,
      effectiveReadings: '5.0',
      missing: [],
    });
  });

  // A ramp of d over the window has drift d and, for five readings, spread d x sqrt(10)/8.
  const ramp = ['25.0000', '25.0025', '25.0050', '25.0075', '25.0100'];
  const steep = ['25.0000', '25.0026', '25.0052', '25.0078', '25.0104'];
  const noisy = ['25.0', '25.02', '25.0', '25.02', '25.0'];
  const far = still.map(() => '25.501');
  it.each([
    ['a drift on the limit', ramp, ramp, []],
    ['a drift on the limit that the unit does not follow', ramp, still, ['difference-drift']],
    ['a drift of both', steep, steep, ['reference-drift', 'unit-drift']],
    ['a drifting reference', steep, still, ['reference-drift', 'difference-drift']],
    ['a drifting unit', still, steep, ['unit-drift', 'difference-drift']],
    ['a falling unit', still, [...steep].reverse(), ['unit-drift', 'difference-drift']],
    ['a noisy reference', noisy, still, ['reference-spread']],
    ['a noisy unit', still, noisy, ['unit-spread']],
    ['a bath at another value', far, still, ['distance']],
    ['a bath half a degree off', still.map(() => '24.500'), still, []],
    ['too few readings', still.slice(1), still.slice(1), ['readings']],
  ] as const)('%s', (_, reference, unit, missing) => {
    const evidence = evaluateStability(window([...reference], [...unit]), '25', rule);
    expect(evidence.missing).toEqual(missing);
    expect(evidence.stable).toBe(missing.length === 0);
  });

  it('states the figures that it decides on', () => {
    const evidence = evaluateStability(window(ramp, noisy), '24.9', rule);
    expect(evidence.referenceDrift).toBe('0.010000');
    // sqrt(0.00001 x 25 / 16): the spread of the ramp, rounded up.
    expect(evidence.referenceSpread).toBe('0.003953');
    expect(evidence.unitDrift).toBe('0.000000');
    expect(evidence.unitSpread).toBe('0.010955');
    expect(evidence.distance).toBe('0.105000');
  });

  it('never prints a figure on the limit that is above it', () => {
    // The last reading shows one place, so figures have three; the mean is 0.50008 off.
    const near = ['25.5001', '25.5001', '25.5001', '25.5001', '25.5'];
    const evidence = evaluateStability(window(near, ['1', '1', '1', '1', '1']), '25', rule);
    expect(evidence).toMatchObject({ distance: '0.501', missing: ['distance'] });
  });

  it.each([0, 1])('counts as missing what %i readings cannot tell', (count) => {
    const evidence = evaluateStability(window(still, still).slice(0, count), '25', rule);
    const open = ['reference-drift', 'unit-drift', 'reference-spread', 'unit-spread', 'difference-drift'];
    expect(evidence.missing).toEqual(count === 0 ? ['readings', 'distance', ...open] : ['readings', ...open]);
    expect(StabilityEvidence.safeParse(evidence).success).toBe(true);
  });

  it('sees no drift where no time passed', () => {
    const readings = window(still, still).map((reading) => ({ ...reading, at: 7 }));
    expect(evaluateStability(readings, '25', rule).missing).toEqual([
      'reference-drift',
      'unit-drift',
      'difference-drift',
    ]);
  });

  it('prints figures that lead to the same decision', () => {
    const step = fc.integer({ min: -12, max: 12 }).map((n) => (25 + n / 1000).toFixed(3));
    const readings = fc
      .array(fc.record({ reference: step, unit: step, gap: fc.integer({ min: 900, max: 1100 }) }), {
        minLength: 5,
        maxLength: 12,
      })
      .map((all) => all.map(({ gap, ...pair }, i) => ({ ...pair, at: 1000 * i + gap, raw: i })));
    fc.assert(
      fc.property(readings, (all) => {
        const evidence = evaluateStability(all, '25', rule);
        const above = (figure: string, limit: string): boolean => compareDecimal(figure, limit) > 0;
        expect(StabilityEvidence.safeParse(evidence).success).toBe(true);
        expect(evidence.missing.includes('reference-drift')).toBe(
          above(evidence.referenceDrift, rule.maxDrift),
        );
        expect(evidence.missing.includes('unit-drift')).toBe(above(evidence.unitDrift, rule.maxDrift));
        expect(evidence.missing.includes('reference-spread')).toBe(
          above(evidence.referenceSpread, rule.maxSpread),
        );
        expect(evidence.missing.includes('unit-spread')).toBe(above(evidence.unitSpread, rule.maxSpread));
        expect(evidence.stable).toBe(evidence.missing.length === 0);
      }),
      { numRuns: 500 },
    );
  });
});
