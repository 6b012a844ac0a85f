import { describe, expect, it } from 'vitest';
import { normal } from '../statistics/normal.ts';
import { ask } from './budget.fixture.ts';
import { halfWidthFor, tailBeyond } from './convolution.ts';
import { trapezoidFactor } from './coverage.ts';

describe('the convolution of rectangular and normal errors', () => {
  it('is a rectangle, a trapezoid or a normal one at its limits', () => {
    expect(halfWidthFor(0.95, { halfWidths: [2], sigma: 0 })).toBeCloseTo(1.9, 8);
    const trapezoid = halfWidthFor(0.95, { halfWidths: [50, 25], sigma: 0 });
    const u = Math.sqrt((50 ** 2 + 25 ** 2) / 3);
    expect(trapezoid / u).toBeCloseTo(trapezoidFactor(0.95, 50, 25), 8);
    expect(halfWidthFor(0.95, { halfWidths: [0.001], sigma: 1 })).toBeCloseTo(normal.coverageFactor(0.95), 6);
    const half = halfWidthFor(0.2, { halfWidths: [3, 1], sigma: 0 });
    expect(half / Math.sqrt(10 / 3)).toBeCloseTo(trapezoidFactor(0.2, 3, 1), 8);
  });
  it('agrees with the integral over both rectangles', () => {
    const [a, b, sigma, h] = [1, 0.4, 0.3, 1.1];
    const count = 400;
    let sum = 0;
    for (let i = 0; i < count; i += 1) {
      for (let j = 0; j < count; j += 1) {
        const error = a * ((2 * i + 1) / count - 1) + b * ((2 * j + 1) / count - 1);
        sum += normal.upperTail((h - error) / sigma);
      }
    }
    expect(tailBeyond(h, { halfWidths: [a, b], sigma })).toBeCloseTo(sum / count ** 2, 5);
  });
});

describe('the coverage factor', () => {
  const rectangular = (halfWidth: string) => ({ name: 'a', distribution: 'rectangular', halfWidth });
  const rest = (u: string) => ({ name: 'b', standardUncertainty: u });
  const method = (request: object) => ask(request).coverage.method;

  it('is that of the shape where a rectangular source rules, and of the normal one where none does', () => {
    expect(method({ sources: [rectangular('1')] })).toBe('rectangular');
    expect(method({ sources: [rectangular('1'), rest('0.17')] })).toBe('rectangular');
    expect(method({ sources: [rectangular('1'), rest('0.18')] })).toBe('convolution');
    expect(method({ sources: [rectangular('1'), rest('0.58')] })).toBe('convolution');
    expect(method({ sources: [rectangular('1'), rest('0.60')] })).toBe('normal');
  });
  it('of a convolution covers what it says, by trials', () => {
    const answer = ask({
      sources: [rectangular('1'), rest('0.3')],
      probability: '0.95',
      monteCarlo: { seed: 5, trials: 400_000 },
    });
    expect(answer.coverage.method).toBe('convolution');
    expect(Number(answer.monteCarlo?.interval.upper)).toBeCloseTo(Number(answer.expandedUncertainty), 2);
  });
  it('is wider where the rest is known from few readings only', () => {
    const few = ask({ sources: [rectangular('1'), { ...rest('0.3'), degreesOfFreedom: '3' }] });
    expect(Number(few.coverageFactor)).toBeGreaterThan(
      Number(ask({ sources: [rectangular('1'), rest('0.3')] }).coverageFactor) + 0.1,
    );
  });
  it('can be given; U is never below the floor', () => {
    const request = {
      sources: [rest('0.3'), { name: 'c', value: '5', standardUncertainty: '0.4' }],
      coverageFactor: '2',
    };
    expect(ask(request)).toMatchObject({ coverageFactor: '2', expandedUncertainty: '1', value: '5' });
    const floored = ask({ ...request, floor: '1.2' });
    expect(floored).toMatchObject({ expandedUncertainty: '1.2', calculatedExpandedUncertainty: '1' });
    expect(floored.statement).toContain('floor');
  });
  it('below one effective degree of freedom stays at the unrounded ones', () =>
    expect(ask({ sources: [{ ...rest('1'), degreesOfFreedom: '0.7' }] }).coverage.degreesOfFreedomUsed).toBe(
      '0.7',
    ));
});
