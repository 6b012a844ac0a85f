import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decimalPlaces, multiplyDecimal, normaliseDecimal } from '../units/units.ts';
import { type FitModel, fitLine, fitLinear, fitModels, polynomial } from './fit.ts';
import { divide, multiply, type Rational, rational, subtract, toPlaces, toSignificant } from './rational.ts';

interface Certified {
  data_strings: [y: string, x: string][];
  certified: {
    parameters: { estimate: string; standard_deviation: string }[];
    residual_standard_deviation: string;
    r_squared: string;
    anova: {
      regression_df: number;
      regression_ss: string;
      f_statistic: string;
      residual_df: number;
      residual_ss: string;
    };
  };
  exact: {
    parameters: { estimate: string; standard_deviation: string }[];
    residual_standard_deviation: string;
    residual_ss: string;
    covariance: string[][];
  };
}

/** NIST Statistical Reference Datasets, certified with 500-digit arithmetic. */
const read = (name: string): Certified =>
  JSON.parse(
    readFileSync(new URL(`../../test/fixtures/metrology/nist-strd-${name}.json`, import.meta.url), 'utf8'),
  );

const sets: [string, FitModel][] = [
  ['norris', fitModels.line],
  ['noint1', fitModels.proportional],
  ['noint2', fitModels.proportional],
  ['wampler1', polynomial(5)],
  ['wampler2', polynomial(5)],
  ['wampler3', polynomial(5)],
];

/** Every printed digit, no more and no fewer. */
const expectDigits = (text: string, value: string): void => {
  const printed = normaliseDecimal(text);
  expect(toPlaces(fromText(value), decimalPlaces(printed))).toBe(printed);
};
const fromText = (text: string): Rational => {
  const places = decimalPlaces(text);
  return rational(BigInt(normaliseDecimal(text).replace('.', '')), 10n ** BigInt(places));
};
/** The 30-digit figures are printed without their trailing zeros. */
const expectExact = (text: string, value: string): void =>
  expect(fromText(value)).toEqual(fromText(normaliseDecimal(text)));

describe.each(sets)('NIST StRD %s', (name, model) => {
  const { data_strings: rows, certified, exact } = read(name);
  const fitted = fitLinear(
    model,
    rows.map(([, x]) => x),
    rows.map(([y]) => y),
  );
  const uncertainties = fitted.standardUncertainties ?? [];

  it('has every certified digit of the parameters and their standard deviations', () => {
    expect(fitted.parameters).toHaveLength(certified.parameters.length);
    for (const [k, parameter] of certified.parameters.entries()) {
      expectDigits(parameter.estimate, fitted.parameters[k] ?? '');
      expectDigits(parameter.standard_deviation, uncertainties[k] ?? '');
    }
  });

  it('has every certified digit of the scatter, R squared and the analysis of variance', () => {
    const { anova } = certified;
    const residual = fitted.exact.residualSumOfSquares;
    expectDigits(certified.residual_standard_deviation, fitted.residualStandardDeviation ?? '');
    expectDigits(certified.r_squared, fitted.rSquared ?? '');
    expectDigits(anova.residual_ss, toPlaces(residual, 40));
    expect(fitted.degreesOfFreedom).toBe(anova.residual_df);
    // Regression sum of squares = R^2 / (1 - R^2) x residual sum of squares; undefined for a fit without residuals.
    if (residual.over === 0n) return;
    const share = fitted.exact.rSquared ?? rational(0n);
    const regression = divide(multiply(share, residual), subtract(rational(1n), share));
    const variance = fitted.exact.residualVariance ?? rational(0n);
    expectDigits(anova.regression_ss, toPlaces(regression, 40));
    const ratio = divide(divide(regression, rational(BigInt(anova.regression_df))), variance);
    expectDigits(anova.f_statistic, toPlaces(ratio, 40));
  });

  it('agrees with 30 digits from independent exact arithmetic', () => {
    for (const [k, parameter] of exact.parameters.entries()) {
      expectExact(parameter.estimate, fitted.parameters[k] ?? '');
      expectExact(parameter.standard_deviation, uncertainties[k] ?? '');
    }
    expectExact(exact.residual_standard_deviation, fitted.residualStandardDeviation ?? '');
    expectExact(exact.residual_ss, toSignificant(fitted.exact.residualSumOfSquares, 30));
    const variance = fitted.exact.residualVariance ?? rational(0n);
    for (const [j, row] of exact.covariance.entries()) {
      for (const [k, text] of row.entries()) {
        const cofactor = fitted.exact.cofactors[j]?.[k] ?? rational(0n);
        expectExact(text, toSignificant(multiply(cofactor, variance), 30));
      }
    }
  });
});

describe.each(['iso28037-wls1', 'iso28037-wls2'])('%s: ISO/TS 28037 clause 6', (name) => {
  const { data, exact } = JSON.parse(
    readFileSync(new URL(`../../test/fixtures/metrology/${name}.json`, import.meta.url), 'utf8'),
  ) as {
    data: { x: string[]; y: string[]; u_y: string[] };
    exact: Record<'a' | 'b' | 'u_a' | 'u_b' | 'cov_ab' | 'chi2', string>;
  };

  it('weights by 1/u^2, with the covariance of stated uncertainties', () => {
    const fitted = fitLinear(fitModels.line, data.x, data.y, { uncertainties: data.u_y });
    const { parameters, standardUncertainties: u } = fitted;
    expectDigits(exact.a, parameters[0] ?? '');
    expectDigits(exact.b, parameters[1] ?? '');
    expectDigits(exact.u_a, u?.[0] ?? '');
    expectDigits(exact.u_b, u?.[1] ?? '');
    expectDigits(exact.cov_ab, toPlaces(fitted.exact.cofactors[0]?.[1] ?? rational(0n), 40));
    expectDigits(exact.chi2, toPlaces(fitted.exact.residualSumOfSquares, 40));
  });

  it('keeps the line and scales what is uncertain when every uncertainty is three times as large', () => {
    const once = fitLinear(fitModels.line, data.x, data.y, { uncertainties: data.u_y }).exact;
    const larger = data.u_y.map((u) => multiplyDecimal(u, '3'));
    const thrice = fitLinear(fitModels.line, data.x, data.y, { uncertainties: larger }).exact;
    const nine = rational(9n);
    expect(thrice.parameters).toEqual(once.parameters);
    expect(multiply(thrice.residualSumOfSquares, nine)).toEqual(once.residualSumOfSquares);
    expect(thrice.cofactors).toEqual(once.cofactors.map((row) => row.map((value) => multiply(value, nine))));
    expect(thrice.rSquared).toEqual(once.rSquared);
  });
});

it('gives the two-point line to sixty digits', () => {
  const { cases } = JSON.parse(
    readFileSync(new URL('../../test/fixtures/metrology/two-point-and-420ma.json', import.meta.url), 'utf8'),
  ) as { cases: { kind: string; raw: string[]; ref: string[]; gain: string; offset: string }[] };
  const given = cases.find(({ kind }) => kind === 'two-point gain/offset');
  expect(given).toBeDefined();
  const fitted = fitLine(given?.raw ?? [], given?.ref ?? [], 60);
  expect(fitted.parameters).toEqual([given?.offset, given?.gain]);
  expect(fitted.standardUncertainties).toBeNull();
});
