import { describe, expect, it } from 'vitest';
import { fitRequest } from '../../fit/fit-request.ts';
import { figureNames, figures, nonlinearCase, relativeDifference } from '../figures.fixture.ts';

const starts = ['start_1', 'start_2'] as const;

/** NIST certifies eleven digits: half a unit of the last one, of a number that begins with one. */
const everyCertifiedDigit = 5e-11;

describe.each(figureNames('nist-strd-nl-'))('%s', (name) => {
  const { model, data_strings, certified, exact, ...given } = figures(name, nonlinearCase);
  const { parameters } = certified;

  it.each(starts)('every certified digit from %s', (which) => {
    const answer = fitRequest({
      model,
      start: Object.fromEntries(parameters.map((parameter, k) => [parameter.name, given[which][k]])),
      x: data_strings.map((row) => (row.length > 2 ? row.slice(1) : row[1])),
      y: data_strings.map((row) => row[0]),
      digits: 20,
    });
    for (const [k, parameter] of parameters.entries()) {
      const { value, standardUncertainty } = answer.coefficients[k] ?? { value: '', standardUncertainty: '' };
      expect(relativeDifference(value, parameter.estimate)).toBeLessThanOrEqual(everyCertifiedDigit);
      expect(relativeDifference(standardUncertainty ?? '', parameter.standard_deviation)).toBeLessThanOrEqual(
        everyCertifiedDigit,
      );
      const known = exact?.parameters[k];
      if (known === undefined) continue;
      expect(relativeDifference(value, known.estimate)).toBeLessThan(5e-20);
      expect(relativeDifference(standardUncertainty ?? '', known.standard_deviation)).toBeLessThan(5e-20);
    }
    expect(
      relativeDifference(String(answer.residualSumOfSquares), certified.residual_ss),
    ).toBeLessThanOrEqual(everyCertifiedDigit);
    expect(
      relativeDifference(answer.residualStandardDeviation ?? '', certified.residual_standard_deviation),
    ).toBeLessThanOrEqual(everyCertifiedDigit);
    expect(answer.degreesOfFreedom).toBe(certified.dof);
    // From both starts themselves, not from another one near them.
    expect(answer.warnings).toBeUndefined();
  });
});
