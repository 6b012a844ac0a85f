import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNumber } from '../fit/text.ts';
import { fromDecimal } from '../rational.ts';
import { blocks } from './blocks.ts';
import { parseExpression } from './expression.ts';
import { jets, moving, place } from './jets.ts';

const formulas = [
  'x*y/(x+y) - 2',
  'x^3*y^-2',
  'x^y',
  'pow(x, 0.5)*sqrt(y)',
  'sin(x)*cos(y) + tan(x/4)',
  'asin(x/5) + acos(y/7) + atan(x*y)',
  'sinh(x) - cosh(y)*tanh(x)',
  'ln(x)*log10(y) + exp(-x*y)',
  'abs(-x)*pi',
];
const near = fc.double({ min: 0.5, max: 2.5, noNaN: true });

describe.each(formulas)('%s', (text) => {
  const formula = parseExpression(text);
  const slope = (at: { x: number; y: number }, name: string): number => formula.gradient(at).by[name] ?? 0;

  it('has the second and third derivatives of its slopes', () => {
    fc.assert(
      fc.property(near, near, (x, y) => {
        const jet = formula.over(jets, (name) =>
          moving(name === 'x' ? x : y, name === 'x' ? 1 : 0, name === 'y' ? 1 : 0),
        );
        const c = (i: number, j: number): number => jet[place(i, j)] ?? Number.NaN;
        const h = 1e-3;
        const first = (dx: number, dy: number) => ({
          x: slope({ x: x + dx, y: y + dy }, 'x'),
          y: slope({ x: x + dx, y: y + dy }, 'y'),
        });
        const [here, left, right] = [first(0, 0), first(-h, 0), first(h, 0)];
        const [down, up] = [first(0, -h), first(0, h)];
        const close = (found: number, truth: number): void =>
          expect(Math.abs(found - truth)).toBeLessThan(2e-4 * (1 + Math.abs(truth)));
        close(c(0, 0), formula.value({ x, y }));
        close(c(1, 0), here.x);
        close(c(0, 1), here.y);
        close(2 * c(2, 0), (right.x - left.x) / (2 * h));
        close(2 * c(0, 2), (up.y - down.y) / (2 * h));
        close(c(1, 1), (up.x - down.x) / (2 * h));
        close(6 * c(3, 0), (right.x - 2 * here.x + left.x) / h ** 2);
        close(2 * c(2, 1), (right.y - 2 * here.y + left.y) / h ** 2);
        close(2 * c(1, 2), (up.x - 2 * here.x + down.x) / h ** 2);
      }),
      { numRuns: 50 },
    );
  });

  it('is the same for many values at once as for each', () => {
    const columns = { x: Float64Array.from([0.5, 1.25, 2]), y: Float64Array.from([2, 0.75, 1.5]) };
    const found = formula.over(blocks(3), (name) => (name === 'x' ? columns.x : columns.y));
    const each = [...columns.x].map((x, i) => formula.value({ x, y: columns.y[i] ?? 0 }));
    expect([...found]).toEqual(each);
  });
});

describe('exact slopes', () => {
  it('are those of floats', () => {
    const formula = parseExpression('(x^3 - y/x)*(1.5 - x*y)^-2 + abs(y)');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: -99, max: -1 }), (m, n) => {
        const [x, y] = [`${m}e-1`, `${n}e-2`];
        const exact = formula.exactGradient({ x: fromDecimal(x), y: fromDecimal(y) });
        const float = formula.gradient({ x: Number(x), y: Number(y) });
        for (const name of ['x', 'y']) {
          const truth = exact?.by[name];
          expect(truth && toNumber(truth)).toBeCloseTo(float.by[name] ?? Number.NaN, 6);
        }
        expect(exact && toNumber(exact.value)).toBeCloseTo(float.value, 6);
      }),
    );
  });
});
