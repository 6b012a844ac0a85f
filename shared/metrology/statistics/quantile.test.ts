import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chiSquared } from './chi-squared.ts';
import { fisherF } from './fisher-f.ts';
import { normal } from './normal.ts';
import { studentT, studentTOf } from './student-t.ts';

const figures = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../test/fixtures/metrology/${name}.json`, import.meta.url), 'utf8'));
interface Independent {
  student_t: [string, string, string][];
  chi_squared: [string, string, string][];
  fisher_f: [string, string, string, string][];
  normal: [string, string][];
}
const independent = figures<Independent>('quantiles-mpmath');
const apart = (value: number, truth: number | string): number => Math.abs(value / Number(truth) - 1);
const worst = (errors: readonly number[]): number => Math.max(...errors);

describe('quantiles against 40-digit arithmetic', () => {
  it('of the normal distribution', () => {
    const errors = independent.normal.map(([q, x]) => apart(normal.factorBeyond(2 * Number(q)), x));
    expect(errors.length).toBeGreaterThan(10);
    expect(worst(errors)).toBeLessThan(1e-13);
  });
  it('of Student t, 0.5 to 1e7 degrees of freedom', () => {
    const rows = independent.student_t;
    const errors = rows.map(([nu, q, x]) => apart(studentTOf(Number(nu)).factorBeyond(2 * Number(q)), x));
    expect(errors.length).toBeGreaterThan(150);
    expect(worst(errors)).toBeLessThan(2e-13);
    for (const [nu, q, x] of rows) {
      expect(apart(studentT.upperTail(Number(x), Number(nu)), q)).toBeLessThan(1e-12);
      if (Number(q) < 1e-300) continue;
      expect(apart(-studentT.quantile(Number(q), Number(nu)), x)).toBeLessThan(2e-13);
    }
  });
  it('of chi-squared', () => {
    const rows = independent.chi_squared;
    const errors = rows.map(([nu, q, x]) => apart(chiSquared.upperQuantile(Number(q), Number(nu)), x));
    expect(errors.length).toBeGreaterThan(90);
    expect(worst(errors)).toBeLessThan(2e-13);
    for (const [nu, q, x] of rows) {
      expect(apart(chiSquared.upperTail(Number(x), Number(nu)), q)).toBeLessThan(1e-10);
      const below = 1 - Number(q);
      if (below < 0.9) expect(apart(chiSquared.quantile(below, Number(nu)), x)).toBeLessThan(1e-12);
    }
  });
  it('of F', () => {
    const rows = independent.fisher_f;
    const errors = rows.map(([a, b, q, x]) =>
      apart(fisherF.upperQuantile(Number(q), Number(a), Number(b)), x),
    );
    expect(errors.length).toBeGreaterThan(80);
    expect(worst(errors)).toBeLessThan(2e-13);
    for (const [a, b, q, x] of rows) {
      expect(apart(fisherF.upperTail(Number(x), Number(a), Number(b)), q)).toBeLessThan(1e-9);
      // The distribution of 1/F has the degrees the other way round.
      expect(apart(1 / fisherF.quantile(Number(q), Number(b), Number(a)), x)).toBeLessThan(1e-11);
    }
  });
});

describe('the table of coverage factors', () => {
  const { columns, rows } = figures<{ columns: string[]; rows: [number | 'inf', ...number[]][] }>(
    'student-t-coverage-factors',
  );
  it.each(rows)('%s degrees of freedom', (degrees, ...factors) => {
    const nu = degrees === 'inf' ? Number.POSITIVE_INFINITY : degrees;
    expect(factors).toHaveLength(columns.length - 1);
    factors.forEach((factor, i) => {
      const p = Number(columns[i + 1]?.slice(2));
      expect(apart(studentT.coverageFactor(p, nu), factor)).toBeLessThan(1e-12);
    });
  });
});

describe('what the distributions are to each other', () => {
  it('t squared is F, F over infinite degrees is chi-squared over its own', () => {
    for (const nu of [1, 3.5, 40, 1e6]) {
      const t = studentT.quantile(0.975, nu);
      expect(apart(fisherF.upperQuantile(0.05, 1, nu), t * t)).toBeLessThan(1e-12);
      const infinite = fisherF.quantile(0.3, nu, Number.POSITIVE_INFINITY);
      expect(apart(infinite, chiSquared.quantile(0.3, nu) / nu)).toBeLessThan(1e-12);
      expect(apart(fisherF.upperTail(infinite, nu, Number.POSITIVE_INFINITY), 0.7)).toBeLessThan(1e-12);
      const other = fisherF.quantile(0.3, Number.POSITIVE_INFINITY, nu);
      expect(apart(fisherF.cumulative(other, Number.POSITIVE_INFINITY, nu), 0.3)).toBeLessThan(1e-11);
    }
  });
  it('areas below and above make one, and are symmetric', () => {
    for (const x of [-3, -0.2, 0, 1e-9, 2.5]) {
      expect(studentT.cumulative(x, 7) + studentT.upperTail(x, 7)).toBeCloseTo(1, 15);
      expect(normal.cumulative(x)).toBe(normal.upperTail(-x));
    }
    expect(normal.quantile(0.5)).toBe(0);
    expect(normal.quantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(studentT.quantile(1, 4)).toBe(Number.POSITIVE_INFINITY);
    expect(chiSquared.quantile(0, 4)).toBe(0);
  });
  it('densities are slopes of areas', () => {
    expect(normal.density(0)).toBeCloseTo(0.3989422804014327, 15);
    expect(studentT.density(0, 1)).toBeCloseTo(1 / Math.PI, 15);
    expect(studentT.density(2, 1)).toBeCloseTo(1 / (5 * Math.PI), 15);
    expect(studentT.density(1e-9, 5)).toBeCloseTo(studentT.density(0, 5), 12);
    expect(normal.density(-1.5)).toBeCloseTo(Math.exp(-1.125) / Math.sqrt(2 * Math.PI), 15);
  });
  it.each([
    () => normal.quantile(1.1),
    () => normal.quantile(Number.NaN),
    () => studentT.quantile(0.5, 0),
    () => studentT.coverageFactor(0.95, Number.NaN),
    () => chiSquared.quantile(-0.1, 3),
    () => chiSquared.cumulative(1, -1),
    () => fisherF.quantile(0.5, 3, 0),
  ])('refuses what is no probability or no degrees (%#)', (call) => expect(call).toThrow(RangeError));
});
