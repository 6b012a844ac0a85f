import { Failure } from '../../contract/failure.ts';
import type { FitAnswer } from '../fit/registry.ts';
import type { NonlinearFit } from './nonlinear/nonlinear.ts';
import { uncertaintiesOf } from './nonlinear/nonlinear.ts';
import { fromWhole, minus, over, plus, type Real, realText, times, unit } from './real/real.ts';
import { dot } from './real/symmetric.ts';

/** What is told of a fit, as decimal text. */
export function fitAnswer({
  model,
  names,
  fit,
  readings,
  inverseUncertainties,
  digits,
}: {
  model: string;
  names: readonly string[];
  fit: NonlinearFit;
  readings: readonly Real[];
  /** 1 / standard uncertainty of each reading, where they were weighted. */
  inverseUncertainties?: readonly Real[] | undefined;
  digits: number;
}): FitAnswer {
  const text = (value: Real): string => realText(value, digits);
  const { covariance, residualStandardDeviation, sumOfSquares } = fit;
  const uncertainties = covariance && uncertaintiesOf(covariance);
  return inRange(() => ({
    model,
    coefficients: names.map((name, k) => ({
      name,
      value: text(fit.parameters[k] ?? unit),
      standardUncertainty: uncertainties && text(uncertainties[k] ?? unit),
    })),
    covariance: covariance?.map((row) => row.map(text)) ?? null,
    residualStandardDeviation: residualStandardDeviation && text(residualStandardDeviation),
    rSquared: explained(readings, inverseUncertainties, sumOfSquares, text),
    degreesOfFreedom: fit.degreesOfFreedom,
    residuals: fit.residuals.map((residual, i) => text(over(residual, inverseUncertainties?.[i] ?? unit))),
    // Weighted, the sum is the observed chi squared.
    [inverseUncertainties ? 'chiSquared' : 'residualSumOfSquares']: text(sumOfSquares),
    ...(fit.warnings.length > 0 && { warnings: fit.warnings }),
  }));
}

/** Results that no decimal text can hold are a failure, not an exception. */
export function inRange<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) throw new Failure('FIT_IMPOSSIBLE', { detail: error.message });
    throw error;
  }
}

/** 1 - residual / total sum of squares about the (weighted) mean; null for readings that are all the same. */
function explained(
  readings: readonly Real[],
  inverse: readonly Real[] | undefined,
  left: Real,
  text: (value: Real) => string,
): string | null {
  const weights = readings.map((_, i) => times(inverse?.[i] ?? unit, inverse?.[i] ?? unit));
  const sum = weights.reduce(plus, fromWhole(0));
  const mean = over(dot(weights, readings), sum);
  const about = readings.map((reading) => minus(reading, mean));
  const total = dot(
    weights,
    about.map((value) => times(value, value)),
  );
  if (readings.every((reading) => minus(reading, readings[0] ?? reading).whole === 0n)) return null;
  return text(minus(unit, over(left, total)));
}
