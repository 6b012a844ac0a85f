import type { PointResult } from '../../../shared/contract/calibrate.ts';
import type { RunEvaluation } from '../../../shared/contract/evaluation.ts';

/** What stands in the plot of errors; `uncertainty` is null where none can be stated. */
export interface PlottedPoint {
  nominal: string;
  error: string;
  uncertainty: string | null;
}

/** A run as it was judged, one mark a nominal with its bar; until then every reading by itself. */
export function plotted(results: readonly PointResult[], evaluation: RunEvaluation | null): PlottedPoint[] {
  if (evaluation === null) {
    return results.map(({ nominal, error }) => ({ nominal, error, uncertainty: null }));
  }
  return evaluation.points.map(({ nominal, error, expandedUncertainty }) => ({
    nominal,
    error,
    uncertainty: evaluation.uncertaintyStatement === null ? null : expandedUncertainty,
  }));
}
