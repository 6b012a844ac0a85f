import { describe, expect, it } from 'vitest';
import { expectPrinted, figures } from './figures.fixture.ts';
import { fitRequest } from './fit-request.ts';

interface Certified {
  data_strings: string[][];
  certified: {
    parameters: { estimate: string; standard_deviation: string }[];
    residual_standard_deviation: string;
    r_squared: string;
    anova: { f_statistic: string; regression_df: number; residual_df: number; residual_ss: string };
  };
}

const polynomial = (degree: number) => ({ model: 'polynomial', degree });
const sets: [string, object][] = [
  ['norris', { model: 'line' }],
  ['pontius', polynomial(2)],
  ['noint1', { model: 'proportional' }],
  ['noint2', { model: 'polynomial', degree: 1, intercept: false }],
  ['filip', polynomial(10)],
  ['longley', { model: 'linear' }],
  ['wampler1', polynomial(5)],
  ['wampler2', polynomial(5)],
  ['wampler3', polynomial(5)],
  ['wampler4', polynomial(5)],
  ['wampler5', polynomial(5)],
];

/** The answer has more digits than are certified: what is printed is compared after rounding. */
describe.each(sets)('NIST StRD %s, as plumb fit answers it', (name, model) => {
  const { data_strings: rows, certified } = figures<Certified>(`nist-strd-${name}`);
  const y = rows.map(([reading = '']) => reading);
  const regressors = rows.map((row) => row.slice(1));
  const several = name === 'longley';
  const answer = fitRequest({ ...model, digits: 30, y, x: several ? regressors : regressors.flat() });

  it('has every certified digit', () => {
    expect(answer.coefficients).toHaveLength(certified.parameters.length);
    for (const [k, { estimate, standard_deviation }] of certified.parameters.entries()) {
      expectPrinted(answer.coefficients[k]?.value, estimate);
      expectPrinted(answer.coefficients[k]?.standardUncertainty, standard_deviation);
    }
    expectPrinted(answer.residualStandardDeviation, certified.residual_standard_deviation);
    expectPrinted(answer.rSquared, certified.r_squared);
    expectPrinted(String(answer.residualSumOfSquares), certified.anova.residual_ss);
    expect(answer.degreesOfFreedom).toBe(certified.anova.residual_df);
  });

  it('has the analysis of variance', () => {
    const { f_statistic, regression_df, residual_df } = certified.anova;
    const f = answer.f as { statistic: string | null; p: string } | null;
    expect(f).toMatchObject({
      numeratorDegreesOfFreedom: regression_df,
      denominatorDegreesOfFreedom: residual_df,
    });
    if (f_statistic === 'Infinity') expect(f).toMatchObject({ statistic: null, p: '0' });
    else expectPrinted(f?.statistic, f_statistic);
  });
});

it('answers a fifteen-digit request with the certified text itself', () => {
  const { data_strings: rows, certified } = figures<Certified>('nist-strd-longley');
  const answer = fitRequest({ model: 'linear', x: rows.map((r) => r.slice(1)), y: rows.map(([y]) => y) });
  expect(answer.coefficients[0]).toEqual({
    name: 'b0',
    value: '-3482258.63459582',
    standardUncertainty: '890420.383607373',
  });
  expect(answer.coefficients.map(({ name }) => name)).toEqual(['b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6']);
  expect(certified.parameters[0]?.estimate).toBe('-3482258.63459582');
});
