import type { Laboratory } from '../../contract/certificate.ts';
import type { BudgetLine, PointEvaluation } from '../../contract/evaluation.ts';
import type { PointSource } from '../characteristics/characteristics.ts';
import { dropZeros, rootText, valueText } from '../fit/text.ts';
import { absolute, divide, multiply, type Rational, rational, square, toPlaces, zero } from '../rational.ts';
import { squareRootText } from '../square-root.ts';
import { correlationsOf } from '../uncertainty/correlations.ts';
import type { CoverageMethod } from '../uncertainty/coverage.ts';
import { sumModel } from '../uncertainty/model.ts';
import { type Result, resultOf } from '../uncertainty/result.ts';
import { type Input, inputOf } from '../uncertainty/source.ts';
import { sourceSchema } from '../uncertainty/source-schema.ts';
import { roundExact } from '../uncertainty-rounding.ts';

/** Figures of a budget are printed to so many digits; nothing is computed from them. */
const shownDigits = 5;

export interface CombineOptions {
  probability: string;
  rounding: Laboratory['rounding'];
  /** Least U that the laboratory states, in the channel's unit; null: no floor. */
  floor: string | null;
}

type Stated = Pick<
  PointEvaluation,
  | 'budget'
  | 'standardUncertainty'
  | 'effectiveDegreesOfFreedom'
  | 'coverageFactor'
  | 'expandedUncertainty'
  | 'errorRounded'
>;

/** What a row states, and how its coverage factor was found. */
export interface Combined {
  stated: Stated;
  method: CoverageMethod;
}

/**
 * The uncertainty of an error from its independent sources (JCGM 100), as the budget of every other quantity; U to two
 * significant digits, the error to the same place.
 */
export function combine(error: Rational, sources: readonly PointSource[], options: CombineOptions): Combined {
  const { probability, rounding, floor } = options;
  const inputs = sources.map((source, i) => inputOf(sourceSchema.parse(source), `sources.${i}`));
  const model = sumModel(
    inputs,
    sources.map(({ sensitivity }) => sensitivity),
  );
  const request = { sources: [], probability, ...(floor === null ? {} : { floor }) };
  const result = resultOf(request, model, inputs, correlationsOf([], inputs), 'sources');
  const { value, uncertainty } = roundExact(error, result.expanded, rounding);
  const stated = {
    budget: sources.flatMap((source, i) => lineOf(source, inputs[i], result)),
    standardUncertainty: rootText(result.combined, shownDigits),
    effectiveDegreesOfFreedom: result.degrees && valueText(result.degrees, 4),
    coverageFactor: valueText(result.coverage.k, shownDigits),
    expandedUncertainty: uncertainty,
    errorRounded: value,
  };
  return { stated, method: result.coverage.method };
}

function lineOf(source: PointSource, input: Input | undefined, { combined }: Result): BudgetLine[] {
  if (!input) return [];
  const { halfWidth, expanded, standardUncertainty, k = '1' } = source;
  const u = rootText(input.variance, shownDigits);
  return [
    {
      name: source.name,
      distribution: source.distribution,
      amount: dropZeros(halfWidth ?? expanded ?? standardUncertainty ?? '0'),
      divisor: halfWidth === undefined ? k : divisorOf(input),
      standardUncertainty: u,
      degreesOfFreedom: input.degrees && valueText(input.degrees, 4),
      sensitivity: source.sensitivity,
      contribution: u,
      share: toPlaces(divide(multiply(input.variance, rational(100n)), combined), 1),
    },
  ];
}

/** What the half-width is divided by: the square root of 3, 6 or 2. */
function divisorOf({ shape, variance }: Input): string {
  const halfWidth = 'halfWidth' in shape ? absolute(shape.halfWidth) : zero;
  return variance.over === 0n ? '1' : squareRootText(divide(square(halfWidth), variance), shownDigits);
}
