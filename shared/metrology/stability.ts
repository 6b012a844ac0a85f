import type { Reading, StabilityEvidence, StabilityRule } from '../contract/calibrate.ts';
import { decimalPlaces } from '../units/units.ts';
import { differenceTrend } from './difference-trend.ts';
import {
  absolute,
  fromDecimal,
  isAtMost,
  multiply,
  type Rational,
  rational,
  square,
  subtract,
  toPlaces,
} from './rational.ts';
import { squareRootToPlaces } from './square-root.ts';
import { mean, slope, variance } from './statistics.ts';

type Missing = StabilityEvidence['missing'][number];

/**
 * Has the window settled? Every condition must hold for reference and unit alike: enough readings, reference near
 * nominal, drift (|least-squares slope| x span) and spread (standard deviation) within their limits, limits included;
 * and the difference of both has no slope that is significant at 95 % (`differenceTrend`). Decided on exact
 * fractions. The printed figures are rounded away from zero on the limit's own grid, so that comparing the printed
 * figure with the limit gives the same answer. What cannot be computed yet (too few readings, no time passed) counts
 * as missing and is printed as zero, or is null.
 *
 * `readings` is the whole window, oldest first.
 */
export function evaluateStability(
  readings: readonly Reading[],
  nominal: string,
  rule: StabilityRule,
): StabilityEvidence {
  const at = readings.map((reading) => reading.at);
  const reference = readings.map((reading) => fromDecimal(reading.reference));
  const unit = readings.map((reading) => fromDecimal(reading.unit));
  const spanMs = readings.length < 2 ? 0 : Math.max(...at) - Math.min(...at);
  const places = printedPlaces(readings, rule, nominal);

  const distance = distanceFrom(reference, nominal);
  const drifts = [driftOver(at, reference, spanMs), driftOver(at, unit, spanMs)] as const;
  const variances = [variance(reference), variance(unit)] as const;
  const trend = differenceTrend(readings);
  const conditions: [Missing, boolean][] = [
    ['readings', readings.length >= rule.readings],
    ['distance', within(distance, fromDecimal(rule.nearNominal))],
    ['reference-drift', within(drifts[0], fromDecimal(rule.maxDrift))],
    ['unit-drift', within(drifts[1], fromDecimal(rule.maxDrift))],
    ['reference-spread', within(variances[0], square(fromDecimal(rule.maxSpread)))],
    ['unit-spread', within(variances[1], square(fromDecimal(rule.maxSpread)))],
    ['difference-drift', trend.level],
  ];
  const missing = conditions.filter(([, holds]) => !holds).map(([name]) => name);
  const figure = (value: Rational | null): string => (value ? toPlaces(value, places, 'up') : '0');
  const spread = (value: Rational | null): string => (value ? squareRootToPlaces(value, places, 'up') : '0');
  return {
    stable: missing.length === 0,
    readings: readings.length,
    spanMs,
    referenceDrift: figure(drifts[0]),
    unitDrift: figure(drifts[1]),
    referenceSpread: spread(variances[0]),
    unitSpread: spread(variances[1]),
    distance: figure(distance),
    differenceT: trend.t,
    differenceTLimit: trend.limit,
    autocorrelation: trend.autocorrelation && toPlaces(trend.autocorrelation, 3),
    effectiveReadings: toPlaces(trend.effectiveReadings, 1),
    missing,
  };
}

const within = (value: Rational | null, limit: Rational): boolean => value !== null && isAtMost(value, limit);

function distanceFrom(reference: readonly Rational[], nominal: string): Rational | null {
  const average = mean(reference);
  return average && absolute(subtract(average, fromDecimal(nominal)));
}

function driftOver(at: readonly number[], values: readonly Rational[], spanMs: number): Rational | null {
  const rate = slope(at, values);
  return rate && multiply(absolute(rate), rational(BigInt(spanMs)));
}

/** Two places finer than the newest readings, and at least as fine as every limit. */
function printedPlaces(readings: readonly Reading[], rule: StabilityRule, nominal: string): number {
  const last = readings.at(-1);
  const shown = [nominal, last?.reference ?? '0', last?.unit ?? '0'].map(decimalPlaces);
  const limits = [rule.maxDrift, rule.maxSpread, rule.nearNominal].map(decimalPlaces);
  return Math.max(Math.min(Math.max(...shown) + 2, 20), ...limits);
}
