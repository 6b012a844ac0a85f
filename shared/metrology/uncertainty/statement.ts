import { dropZeros, valueText } from '../fit/text.ts';
import { fromDecimal, multiply, one, rational, toPlaces } from '../rational.ts';
import { type RoundingRule, roundExact } from '../uncertainty-rounding.ts';
import type { BudgetRequest } from './budget-schema.ts';
import { degreesText, type Result } from './result.ts';

const roundingWords: Readonly<Record<RoundingRule, string>> = {
  nearest: 'rounded to the nearest',
  up: 'rounded up',
  gum: 'rounded to the nearest, up where more than 1 % would be lost',
};

/** The result as it is reported: JCGM 100, 7.2.4 and 7.2.6. */
export function reported(request: BudgetRequest, { model, expanded, u }: Result) {
  const rule = request.rounding ?? 'nearest';
  const digits = request.significantDigits === 1 ? 1 : 2;
  const { value, uncertainty } = roundExact(model.value, expanded, rule, digits);
  return {
    value,
    expandedUncertainty: uncertainty,
    combinedStandardUncertainty: roundExact(one, u, rule, digits).uncertainty,
    rounding: rule,
    significantDigits: digits,
  };
}

/** One paragraph for the certificate: the result, how k came about, how it was rounded, what to beware of. */
export function statement(request: BudgetRequest, result: Result): string {
  const shown = reported(request, result);
  const { value, expandedUncertainty: uncertainty, significantDigits } = shown;
  const unit = request.unit ? ` ${request.unit}` : '';
  const percent = dropZeros(
    toPlaces(multiply(fromDecimal(request.probability ?? '0.9545'), rational(100n)), 6),
  );
  const numbers = unit === '' ? `${value} +/- ${uncertainty}` : `(${value} +/- ${uncertainty})${unit}`;
  return [
    `${numbers}, where the number after +/- is the expanded uncertainty U = k u with k = ${toPlaces(result.coverage.k, 2)} and u = ${shown.combinedStandardUncertainty}${unit}.`,
    coverageWords(result, percent),
    ...cautions(request, result, unit),
    `The uncertainty is ${roundingWords[shown.rounding]} at ${significantDigits} significant ${significantDigits === 1 ? 'digit' : 'digits'}, the value at the same decimal place (JCGM 100, 7.2.6).`,
  ].join(' ');
}

function coverageWords(result: Result, percent: string): string {
  const { method, degreesUsed, dominant } = result.coverage;
  const names = dominant.join(' and ');
  const exact = (result.coverage.shapeFactor ?? 0).toFixed(2);
  switch (method) {
    case 'given':
      return 'The coverage factor was given.';
    case 'student-t': {
      const effective = degreesText(result, (value) => valueText(value, 4));
      return `k is that of Student's t distribution for ${percent} % and ${degreesUsed} ${degreesUsed === '1' ? 'degree' : 'degrees'} of freedom (effective: ${effective}, truncated for the table: JCGM 100, G.4.1).`;
    }
    case 'rectangular':
      return `The rectangular contribution of ${names} dominates, so the result is taken as rectangular: k = p sqrt 3 for ${percent} % (EA-4/02, S9); with the other contributions convolved it would be ${exact}.`;
    case 'trapezoidal':
      return `The rectangular contributions of ${names} dominate, so the result is taken as trapezoidal: k for ${percent} % (EA-4/02, S10); with the other contributions convolved it would be ${exact}.`;
    case 'convolution':
      return `The rectangular contribution of ${dominant[0] ?? ''} is more than 70 % of u: k for ${percent} % is that of its convolution with the other contributions.`;
    case 'normal':
      return result.degreesUndefined
        ? `k is that of the normal distribution for ${percent} %: correlated sources whose degrees of freedom are finite and differ have no effective ones (Welch-Satterthwaite holds for independent sources), so that k may be too small.`
        : `k is that of the normal distribution for ${percent} % (infinitely many degrees of freedom).`;
  }
}

function cautions(request: BudgetRequest, result: Result, unit: string): string[] {
  const { secondOrder, usesSecondOrder, calculated, expanded } = result;
  const words: string[] = [];
  if (usesSecondOrder) words.push('u includes the second-order terms (JCGM 100, 5.1.2 note).');
  else if (secondOrder !== null && request.order === undefined) {
    words.push(
      'A sensitivity of first order is zero: see secondOrder, or ask for order 2 (JCGM 100, 5.1.2 note).',
    );
  }
  if (calculated !== expanded)
    words.push(`U is the floor that was given; calculated was ${valueText(calculated, 3)}${unit}.`);
  return words;
}
