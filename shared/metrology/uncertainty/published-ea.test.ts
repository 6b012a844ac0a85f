import { describe, expect, it } from 'vitest';
import { ask, figures, near } from './budget.fixture.ts';

describe('EA-4/02', () => {
  it('S2: weight', () => {
    const { printed, exact } = figures('ea-4-02-s2-weight-10kg');
    const answer = ask({
      sources: [
        { name: 'mS', value: '10000.005', expanded: '0.045', k: '2' },
        { name: 'dmD', value: '0', distribution: 'rectangular', halfWidth: '0.015' },
        { name: 'dm', value: '0.02', standardUncertainty: '0.0142' },
        { name: 'dmC', value: '0', distribution: 'rectangular', halfWidth: '0.01' },
        { name: 'dB', value: '0', distribution: 'rectangular', halfWidth: '0.01' },
      ],
    });
    near(answer.combinedStandardUncertainty, exact.u_with_u_dm_0_0142, 1e-11);
    expect(answer.rounded).toMatchObject({ value: printed.m_X, expandedUncertainty: printed.U });
    expect(Number(answer.coverageFactor).toFixed(2)).toBe(printed.k);
    expect(answer.contributions.map(({ share }) => (Number(share) * 100).toFixed(1))).toEqual([
      '59.6',
      '8.8',
      '23.7',
      '3.9',
      '3.9',
    ]);
  });
  it('S2 with the pooled scatter of earlier weighings', () => {
    const { variant_from_memory: variant } = figures('ea-4-02-s2-weight-10kg');
    const answer = ask({
      sources: [
        { name: 'mS', value: '10000.005', expanded: '0.045', k: '2' },
        { name: 'dmD', halfWidth: '0.015' },
        {
          name: 'dm',
          readings: ['0.01', '0.03', '0.02'],
          pooledStandardDeviation: '0.025',
          degreesOfFreedom: 'infinity',
        },
        { name: 'dmC', halfWidth: '0.01' },
        { name: 'dB', halfWidth: '0.01' },
      ],
    });
    expect(answer.value).toBe('10000.025');
    near(answer.combinedStandardUncertainty, variant.u, 1e-11);
    expect(answer.rounded.expandedUncertainty).toBe('0.059');
  });
  it('S3: resistor', () => {
    const { data, printed } = figures('ea-4-02-s3-resistor-10k');
    const answer = ask({
      sources: [
        { name: 'RS', value: '10000.053', expanded: '0.005', k: 2 },
        { name: 'dRD', value: '0.020', halfWidth: '0.010', distribution: 'rectangular' },
        { name: 'dRTS', value: '0', halfWidth: '0.00275', distribution: 'rectangular' },
        { name: 'rC', value: '1.0000000', halfWidth: '1.0E-6', distribution: 'triangular' },
        { name: 'r', readings: data.r.observations, degreesOfFreedom: 'infinity' },
        { name: 'dRTX', value: '0', halfWidth: '0.0055', distribution: 'rectangular' },
      ],
      model: '(RS + dRD + dRTS)*rC*r - dRTX',
    });
    near(answer.value, printed.R_X_15, 1e-14);
    near(answer.combinedStandardUncertainty, printed.u_15, 1e-13);
    expect(answer.rounded).toMatchObject({ value: printed.R_X, expandedUncertainty: printed.U });
    expect(answer.coverage.method).toBe('normal');
  });
  // Prints u = 0.030 V, k = 1.65, U = 0.05 V.
  it('S9: hand-held multimeter, one dominant rectangular contribution', () => {
    const answer = ask({
      sources: [
        { name: 'ViX', value: '100.1', standardUncertainty: '0' },
        { name: 'VS', value: '100.0', expanded: '0.002', k: '2' },
        { name: 'dViX', distribution: 'rectangular', halfWidth: '0.05' },
        { name: 'dVS', distribution: 'rectangular', halfWidth: '0.011' },
      ],
      model: 'ViX - VS + dViX - dVS',
      probability: '0.95',
      significantDigits: 1,
    });
    expect(answer.value).toBe('0.1');
    expect(Number(answer.combinedStandardUncertainty).toFixed(3)).toBe('0.030');
    expect(Number(answer.coverageFactor).toFixed(2)).toBe('1.65');
    expect(answer.rounded).toMatchObject({ value: '0.10', expandedUncertainty: '0.05' });
    expect(answer.coverage.method).toBe('rectangular');
    expect(answer.statement).toContain('EA-4/02, S9');
  });
  // S10, in micrometres; it prints u = 33 from rounded contributions, k = 1.83 and U = 0.06 mm.
  it('S10: vernier caliper, two dominant rectangular contributions', () => {
    const answer = ask({
      sources: [
        { name: 'l', value: '100', standardUncertainty: '0' },
        { name: 'lS', distribution: 'rectangular', halfWidth: '0.8' },
        { name: 'dt', distribution: 'rectangular', halfWidth: '2', sensitivity: '1.725' },
        { name: 'dliX', distribution: 'rectangular', halfWidth: '25' },
        { name: 'dlM', distribution: 'rectangular', halfWidth: '50' },
      ],
      probability: '0.95',
    });
    expect(Number(answer.combinedStandardUncertainty).toFixed(0)).toBe('32');
    expect(Number(answer.coverageFactor).toFixed(2)).toBe('1.83');
    expect(answer.coverage.method).toBe('trapezoidal');
    expect(answer.rounded.expandedUncertainty).toBe('59');
  });
});
