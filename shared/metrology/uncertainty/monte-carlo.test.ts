import { describe, expect, it } from 'vitest';
import { ask, figures } from './budget.fixture.ts';
import { tolerance } from './monte-carlo.ts';

const four = ['a', 'b', 'c', 'd'];
const probability = '0.95';

describe('propagation of distributions', () => {
  it('of four normal sources is [-3.92, 3.92] (JCGM 101, 9.2.2)', () => {
    const sources = four.map((name) => ({ name, standardUncertainty: '1' }));
    const { monteCarlo } = ask({ sources, probability, monteCarlo: { seed: 1, trials: 1_000_000 } });
    expect(Number(monteCarlo?.standardUncertainty)).toBeCloseTo(2, 2);
    expect(Number(monteCarlo?.interval.lower)).toBeCloseTo(-3.92, 1);
    expect(Number(monteCarlo?.interval.upper)).toBeCloseTo(3.92, 1);
    expect(monteCarlo?.validation.agrees).toBe(true);
    expect(monteCarlo).toMatchObject({ trials: 1_000_000 });
  });
  it('of four rectangular sources is [-3.88, 3.88] (JCGM 101, 9.2.3)', () => {
    const sources = four.map((name) => ({ name, halfWidth: String(Math.sqrt(3)) }));
    const { monteCarlo } = ask({ sources, probability, monteCarlo: { trials: 1_000_000 } });
    expect(Number(monteCarlo?.interval.upper)).toBeGreaterThan(3.86);
    expect(Number(monteCarlo?.interval.upper)).toBeLessThan(3.9);
  });
  it('of a wide rectangle among three is [-17.0, 17.0] (JCGM 101, 9.2.4)', () => {
    const sources = four.map((name, i) => ({ name, halfWidth: String(Math.sqrt(3) * (i === 0 ? 10 : 1)) }));
    const answer = ask({ sources, probability, monteCarlo: { trials: 1_000_000 } });
    expect(Number(answer.monteCarlo?.interval.upper)).toBeCloseTo(17, 1);
    const u = Number(answer.combinedStandardUncertainty);
    expect(u * Number(answer.coverage.factorOfConvolvedShape)).toBeCloseTo(17, 1);
  });
  it('of a logarithm is not that of JCGM 100, and says so', () => {
    const [{ printed, exact }] = figures('gum-propagation-misc').cases.filter(
      ({ id }: { id: string }) => id === 'npl-log-uniform',
    );
    const answer = ask({
      sources: [{ name: 'x', value: '0.6', halfWidth: '0.5' }],
      model: 'ln(x)',
      probability,
      monteCarlo: { seed: 7, trials: 1_000_000 },
    });
    expect(Number(answer.value)).toBeCloseTo(Number(exact.gum_y), 12);
    expect(Number(answer.combinedStandardUncertainty)).toBeCloseTo(Number(exact.gum_u), 12);
    expect(Number(answer.monteCarlo?.mean)).toBeCloseTo(Number(exact.true_mean), 2);
    expect(Number(answer.monteCarlo?.standardUncertainty)).toBeCloseTo(Number(exact.true_sd), 2);
    const { lower, upper } = answer.monteCarlo?.shortestInterval ?? { lower: '', upper: '' };
    expect(Number(lower)).toBeCloseTo(Number(printed.mc_shortest95[0]), 1);
    expect(Number(upper)).toBeCloseTo(Number(printed.mc_shortest95[1]), 1);
    expect(answer.monteCarlo?.validation.agrees).toBe(false);
  });
  it.each([
    ['rectangular', {}],
    ['triangular', {}],
    ['arcsine', {}],
    ['resolution', {}],
    ['trapezoidal', { beta: '0.4' }],
  ])('draws the %s distribution with its own standard uncertainty', (distribution, more) => {
    const sources = [{ name: 'x', value: '3', distribution, halfWidth: '2', ...more }];
    const { combinedStandardUncertainty: u, monteCarlo } = ask({ sources, monteCarlo: { trials: 400_000 } });
    expect(Number(monteCarlo?.standardUncertainty) / Number(u)).toBeCloseTo(1, 2);
    expect(Number(monteCarlo?.mean)).toBeCloseTo(3, 1);
    expect(Number(monteCarlo?.interval.upper)).toBeLessThan(5);
  });
  it('draws Student t for few readings, its spread being that of JCGM 101, 6.4.9', () => {
    const sources = [{ name: 'x', standardUncertainty: '1', degreesOfFreedom: '6' }];
    const { monteCarlo } = ask({ sources, probability, monteCarlo: { trials: 1_000_000 } });
    expect(Number(monteCarlo?.standardUncertainty)).toBeCloseTo(Math.sqrt(6 / 4), 1);
    expect(Number(monteCarlo?.interval.upper)).toBeCloseTo(2.447, 1);
    expect(monteCarlo?.validation.agrees).toBe(true);
  });
  // It prints u = 36 and [50 000 745, 50 000 932]; the limits of da and dt are uncertain by 10 % and 50 %.
  it('of the gauge block is that of JCGM 101, 9.5: limits with degrees of freedom are drawn as well', () => {
    const t = (name: string, value: string, u: string, degreesOfFreedom: string) => ({
      name,
      value,
      standardUncertainty: u,
      distribution: 't',
      degreesOfFreedom,
    });
    const answer = ask({
      sources: [
        t('Ls', '50000623', '25', '18'),
        t('D', '215', '6', '24'),
        t('d1', '0', '4', '5'),
        t('d2', '0', '7', '8'),
        { name: 'as', value: '11.5e-6', distribution: 'rectangular', halfWidth: '2e-6' },
        { name: 'th', value: '-0.1', standardUncertainty: '0.2' },
        { name: 'De', distribution: 'u-shaped', halfWidth: '0.5' },
        { name: 'da', distribution: 'rectangular', halfWidth: '1e-6', degreesOfFreedom: '50' },
        { name: 'dt', distribution: 'rectangular', halfWidth: '0.05', degreesOfFreedom: '2' },
      ],
      model: 'Ls + D + d1 + d2 - Ls*(da*(th + De) + as*dt)',
      probability: '0.99',
      monteCarlo: { trials: 200_000 },
    });
    const found = answer.monteCarlo;
    expect(Number(found?.mean).toFixed(0)).toBe('50000838');
    expect(Number(found?.standardUncertainty).toFixed(0)).toBe('36');
    expect(Math.abs(Number(found?.interval.lower) - 50_000_745)).toBeLessThan(1.5);
    expect(Math.abs(Number(found?.interval.upper) - 50_000_932)).toBeLessThan(1.5);
  });

  it('keeps correlations', () => {
    const sources = [
      { name: 'x', value: '1', standardUncertainty: '1' },
      { name: 'y', value: '1', standardUncertainty: '1', degreesOfFreedom: '5' },
    ];
    const correlations = [{ a: 'x', b: 'y', r: '-0.8' }];
    const answer = ask({ sources, correlations, monteCarlo: { trials: 400_000 } });
    expect(Number(answer.combinedStandardUncertainty)).toBeCloseTo(Math.sqrt(0.4), 12);
    expect(Number(answer.monteCarlo?.standardUncertainty)).toBeCloseTo(Math.sqrt(0.4), 2);
    expect(answer.monteCarlo?.drawnAsNormal).toEqual(['y']);
    expect(answer.effectiveDegreesOfFreedom).toBeNull();
  });
  it('is the same for the same seed, and ends when it is stable', () => {
    const run = (seed: number) =>
      ask({
        sources: [{ name: 'x', standardUncertainty: '0.95' }],
        significantDigits: 1,
        monteCarlo: { seed },
      }).monteCarlo;
    expect(run(1)).toEqual(run(1));
    expect(run(1)?.mean).not.toBe(run(2)?.mean);
    expect(run(1)?.stable).toBe(true);
    expect(run(1)?.trials).toBeLessThan(2_000_000);
  });
  it('has the tolerance of JCGM 101, 7.9.2', () => {
    expect(tolerance(0.035, 2)).toBeCloseTo(0.0005, 12);
    expect(tolerance(0.035, 1)).toBeCloseTo(0.005, 12);
    expect(tolerance(1234, 2)).toBeCloseTo(50, 12);
  });
});
