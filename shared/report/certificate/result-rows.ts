import type { PointEvaluation, PointVerdict, RunEvaluation } from '../../contract/evaluation.ts';
import { decimalPlaces, roundDecimal } from '../../units/units.ts';

/** One row of the results as every document shows it: the very texts, so that paper and data never differ by a digit. */
export interface ResultRow {
  nominal: string;
  /** What the standard measured, its correction applied, and what the unit showed: to the place of U. */
  reference: string;
  unit: string;
  error: string;
  expandedUncertainty: string;
  coverageFactor: string;
  /** Acceptance limits of the error; null where the decision rule leaves none. */
  acceptance: { lower: string; upper: string } | null;
  verdict: PointVerdict;
}

/** The rows of a run. Values end at the decimal place of their U (JCGM 100, 7.2.6); k has two places. */
export const resultRows = ({ points }: RunEvaluation): ResultRow[] => points.map(rowOf);

function rowOf(point: PointEvaluation): ResultRow {
  const places = decimalPlaces(point.errorRounded);
  return {
    nominal: point.nominal,
    reference: roundDecimal(point.reference, places),
    unit: roundDecimal(point.unit, places),
    error: point.errorRounded,
    expandedUncertainty: point.expandedUncertainty,
    coverageFactor: roundDecimal(point.coverageFactor, 2),
    acceptance: point.acceptance,
    verdict: point.verdict,
  };
}
