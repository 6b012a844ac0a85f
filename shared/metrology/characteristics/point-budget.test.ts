import { describe, expect, it } from 'vitest';
import type { StabilityEvidence } from '../../contract/calibrate.ts';
import { type PointMeasurement, pointBudget } from './point-budget.ts';

const evidence = (more: Partial<StabilityEvidence> = {}): StabilityEvidence => ({
  stable: true,
  readings: 4,
  spanMs: 3000,
  referenceDrift: '0.002',
  unitDrift: '0.004',
  referenceSpread: '0',
  unitSpread: '0',
  distance: '0',
  missing: [],
  ...more,
});

/** Readings of the unit against a reference of 25. */
const measured = (units: string[], more: Partial<PointMeasurement> = {}): PointMeasurement => ({
  readings: units.map((unit, i) => ({ at: 1000 * i, reference: '25.000', unit, raw: i })),
  override: null,
  stability: evidence(),
  correction: '0.010',
  direction: null,
  ...more,
});
const reference = {
  certificate: { expandedUncertainty: '0.020', coverageFactor: '2' },
  drift: '0.010',
  resolution: '0.001',
};
const names = (sources: readonly { name: string }[]): string[] => sources.map(({ name }) => name);

describe('budget of a point', () => {
  it('has what was measured and what the standard brings', () => {
    // Differences 0.1, 0.3, 0.1, 0.3: s^2 = 0.04/3; autocorrelation below zero, so all four count.
    const sources = pointBudget({
      results: [measured(['25.1', '25.3', '25.1', '25.3'])],
      reference,
      unitResolution: '0.02',
    });
    expect(sources).toEqual([
      {
        name: 'Repeatability of the difference',
        value: '0.20000000000000000000',
        distribution: 't',
        standardUncertainty: '0.0577350269190',
        degreesOfFreedom: '3.0',
        sensitivity: '1',
      },
      {
        name: 'Certificate of the standard',
        value: '0.010000000000000000000',
        distribution: 'normal',
        sensitivity: '-1',
        expanded: '0.020',
        k: '2',
      },
      {
        name: 'Drift of the standard since its certificate',
        value: '0',
        distribution: 'rectangular',
        halfWidth: '0.0100000000000',
        sensitivity: '1',
      },
      {
        name: 'Resolution of the standard',
        value: '0',
        distribution: 'rectangular',
        halfWidth: '0.000500000000000',
        sensitivity: '1',
      },
      {
        name: 'Resolution of the unit',
        value: '0',
        distribution: 'rectangular',
        halfWidth: '0.0100000000000',
        sensitivity: '1',
      },
    ]);
  });

  it('has less scatter in the mean of two windows', () => {
    const window = measured(['25.1', '25.3', '25.1', '25.3'], { direction: 'up' });
    const [first] = pointBudget({ results: [window, window], reference, unitResolution: '0' });
    // 0.0577350 / sqrt(2), with twice 3 degrees of freedom.
    expect(first).toMatchObject({ standardUncertainty: '0.0408248290464', degreesOfFreedom: '6.0' });
  });

  it('counts readings that follow each other as fewer', () => {
    const slow = ['25.0', '25.1', '25.2', '25.3', '25.3', '25.2', '25.1', '25.0'];
    const quick = ['25.0', '25.3', '25.1', '25.2', '25.0', '25.3', '25.1', '25.2'];
    const [a, b] = [slow, quick].map(
      (units) => pointBudget({ results: [measured(units)], reference, unitResolution: '0' })[0],
    );
    expect(b?.degreesOfFreedom).toBe('7.0');
    expect(Number(a?.standardUncertainty)).toBeGreaterThan(1.5 * Number(b?.standardUncertainty));
    expect(Number(a?.degreesOfFreedom)).toBeLessThan(3);
  });

  it('has repeats and both ways', () => {
    const still = (unit: string, direction: 'up' | 'down') => measured([unit, unit], { direction });
    const sources = pointBudget({
      results: [still('25.1', 'up'), still('25.2', 'down'), still('25.3', 'up'), still('25.4', 'down')],
      reference: { certificate: null, drift: '0', resolution: '0' },
      unitResolution: '0',
    });
    expect(sources).toEqual([
      expect.objectContaining({ standardUncertainty: '0', value: '0.25000000000000000000' }),
      // s^2 = 0.02 in both directions, nu 2, four results: u = sqrt(0.02/4).
      expect.objectContaining({
        name: 'Reproducibility between repeats',
        standardUncertainty: '0.0707106781187',
        degreesOfFreedom: '2',
      }),
      // Up 0.2, down 0.3: h = 0.1.
      expect.objectContaining({ name: 'Hysteresis', halfWidth: '0.0500000000000' }),
    ]);
  });

  it('has the drift of a reading that was taken before it was stable, not of one that would have been', () => {
    const at = (stable: boolean) =>
      pointBudget({
        results: [measured(['25', '25'], { override: 'agreed', stability: evidence({ stable }) })],
        reference,
        unitResolution: '0',
      });
    expect(at(false).at(-1)).toMatchObject({
      name: 'Taken before it was stable',
      halfWidth: '0.00400000000000',
    });
    expect(names(at(true))).not.toContain('Taken before it was stable');
  });

  it('has what a person adds', () => {
    const added = [
      { name: 'Bath', distribution: 'rectangular', amount: '0.005' },
      { name: 'Immersion', distribution: 'normal', amount: '0.002' },
      { name: 'Nothing', distribution: 'normal', amount: '0.000' },
    ] as const;
    const sources = pointBudget({ results: [measured(['25', '25'])], reference, unitResolution: '0', added });
    expect(sources.slice(-2)).toEqual([
      { name: 'Bath', value: '0', distribution: 'rectangular', halfWidth: '0.005', sensitivity: '1' },
      {
        name: 'Immersion',
        value: '0',
        distribution: 'normal',
        standardUncertainty: '0.002',
        sensitivity: '1',
      },
    ]);
  });
});
