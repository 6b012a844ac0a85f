import { describe, expect, it } from 'vitest';
import { expectPrinted, figures } from './figures.fixture.ts';
import { fitRequest } from './fit-request.ts';

interface Weighted {
  data: { x: string[]; y: string[]; u_y: string[]; y0: string; u_y0: string };
  exact: Record<'a' | 'b' | 'u_a' | 'u_b' | 'cov_ab' | 'chi2' | 'x0' | 'u_x0', string>;
}

describe.each(['iso28037-wls1', 'iso28037-wls2'])('%s: ISO/TS 28037 clause 6', (name) => {
  const { data, exact } = figures<Weighted>(name);
  const request = {
    model: 'line',
    digits: 30,
    x: data.x,
    y: data.y,
    uy: data.u_y,
    inverse: [{ y: data.y0, uy: data.u_y0 }],
  };

  it('has every digit of the line and of the inverse', () => {
    const answer = fitRequest(request);
    const [a, b] = answer.coefficients;
    expectPrinted(a?.value, exact.a);
    expectPrinted(b?.value, exact.b);
    expectPrinted(a?.standardUncertainty, exact.u_a);
    expectPrinted(b?.standardUncertainty, exact.u_b);
    expectPrinted(answer.covariance?.[0]?.[1], exact.cov_ab);
    expectPrinted((answer.chiSquared as { observed: string }).observed, exact.chi2);
    const [found] = answer.inverse as { x: string; standardUncertainty: string; fieller: unknown }[];
    expectPrinted(found?.x, exact.x0);
    expectPrinted(found?.standardUncertainty, exact.u_x0);
    expect(found?.fieller).toBeNull();
    expect(answer).toMatchObject({ weights: 'absolute', chiSquared: { consistent: true } });
  });

  it('is the same through the equations of both uncertainties where those of x are zero', () => {
    const both = fitRequest({ ...request, ux: data.x.map(() => '0') });
    const one = fitRequest(request);
    expect(both.coefficients).toEqual(one.coefficients);
    expect(both.covariance).toEqual(one.covariance);
    expect(both.inverse).toEqual(one.inverse);
  });

  it('keeps relative weights apart: covariance times chi-squared over degrees of freedom', () => {
    const relative = fitRequest({ ...request, weights: 'relative' });
    const one = fitRequest(request);
    expect(relative.coefficients.map(({ value }) => value)).toEqual(
      one.coefficients.map(({ value }) => value),
    );
    const factor = Number(exact.chi2) / 4;
    expect(Number(relative.covariance?.[0]?.[0])).toBeCloseTo(Number(one.covariance?.[0]?.[0]) * factor, 12);
    expect(relative).toMatchObject({ weights: 'relative' });
    expect(relative).not.toHaveProperty('chiSquared');
  });
});

it('has the swapped Pearson-York line with weights of y alone', () => {
  const { data, exact } = figures<{
    data: { x: string[]; y: string[]; weight_y: string[] };
    exact: Record<'a' | 'b' | 'var_a' | 'var_b' | 'cov_ab' | 'chi2', string>;
  }>('wls-pearson-york-swapped');
  const answer = fitRequest({ model: 'line', digits: 30, x: data.x, y: data.y, w: data.weight_y });
  expectPrinted(answer.coefficients[0]?.value, exact.a);
  expectPrinted(answer.coefficients[1]?.value, exact.b);
  expectPrinted(answer.covariance?.[0]?.[0], exact.var_a);
  expectPrinted(answer.covariance?.[1]?.[1], exact.var_b);
  expectPrinted(answer.covariance?.[0]?.[1], exact.cov_ab);
  // Uncertainties that small do not belong to a scatter that large, and the answer says so.
  expect(answer).toMatchObject({ chiSquared: { consistent: false } });
});
