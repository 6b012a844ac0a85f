import type { CalibrateState, PointResult } from '../../../shared/contract/calibrate.ts';
import type { ModelComparison } from '../../../shared/contract/evaluation.ts';
import { compareAdjustments } from '../../../shared/metrology/evaluation/compare-adjustments.ts';
import {
  divide,
  fromDecimal,
  type Line,
  multiply,
  type Rational,
  rational,
  subtract,
} from '../../../shared/metrology/metrology.ts';

/**
 * The models for the adjustment, before anything is written: as the host laid them side by side, or, until it has,
 * from the same readings by the same rule.
 */
export function comparedModels({
  fit,
  plan,
  asFound,
}: Pick<CalibrateState, 'fit' | 'plan' | 'asFound'>): ModelComparison[] {
  if (fit !== null) return fit.compared;
  const present = presentLine(asFound);
  if (plan === null || present === null) return [];
  return compareAdjustments(asFound, present, plan.model);
}

/** What the unit makes of its own count now: the line through its lowest and its highest reading. */
export function presentLine(results: readonly PointResult[]): Line | null {
  const readings = results.flatMap((result) => result.readings).toSorted((a, b) => a.raw - b.raw);
  const [low, high] = [readings[0], readings.at(-1)];
  if (low === undefined || high === undefined || low.raw === high.raw) return null;
  const counts = (raw: number): Rational => rational(BigInt(raw));
  const gain = divide(
    subtract(fromDecimal(high.unit), fromDecimal(low.unit)),
    subtract(counts(high.raw), counts(low.raw)),
  );
  return { gain, offset: subtract(fromDecimal(low.unit), multiply(gain, counts(low.raw))) };
}
