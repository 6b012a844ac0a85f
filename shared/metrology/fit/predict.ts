import { add, type Rational } from '../rational.ts';
import { type Curve, coverageFactor, curveValue, curveVariance } from './curve.ts';
import { floatText, intervalText, rootText, valueText } from './text.ts';

interface Interval {
  lower: string;
  upper: string;
}

export interface Prediction {
  x: string | readonly string[];
  value: string;
  /** Of the mean response, the curve itself. Null where nothing is left to judge it by. */
  standardUncertainty: string | null;
  interval: Interval | null;
  /** Of one new reading at x; null where readings have uncertainties of their own. */
  newReading: { standardUncertainty: string; interval: Interval } | null;
  coverageFactor: string | null;
  /** x lies outside of the readings. */
  extrapolated: boolean;
}

export interface PredictionOptions {
  digits: number;
  probability: number;
  extrapolated: boolean;
}

/** The curve at x, with its uncertainty and that of one new reading there. */
export function predict(
  curve: Curve,
  shown: string | readonly string[],
  x: readonly Rational[],
  { digits, probability, extrapolated }: PredictionOptions,
): Prediction {
  const value = curveValue(curve, x);
  const variance = curveVariance(curve, x);
  const found = { x: shown, value: valueText(value, digits), extrapolated };
  if (variance === null) {
    return { ...found, standardUncertainty: null, interval: null, newReading: null, coverageFactor: null };
  }
  const k = coverageFactor(probability, curve.degreesOfFreedom);
  const u = rootText(variance, digits);
  const single = curve.readingVariance ? rootText(add(variance, curve.readingVariance), digits) : null;
  return {
    ...found,
    standardUncertainty: u,
    interval: intervalText(value, k, u),
    newReading:
      single === null ? null : { standardUncertainty: single, interval: intervalText(value, k, single) },
    coverageFactor: floatText(k),
  };
}
