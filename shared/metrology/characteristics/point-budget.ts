import type { PointResult } from '../../contract/calibrate.ts';
import type { AddedSource } from '../../contract/calibration-plan.ts';
import {
  add,
  divide,
  fromDecimal,
  larger,
  one,
  type Rational,
  rational,
  square,
  subtract,
  toPlaces,
  toSignificant,
} from '../rational.ts';
import { squareRootText } from '../square-root.ts';
import { effectiveCount } from '../statistics/effective-count.ts';
import { mean, variance } from '../statistics.ts';
import { type directions, hysteresis } from './hysteresis.ts';
import { repeatability } from './scatter.ts';

/** A source of uncertainty as the budget takes it (`evaluateBudget`); decimal text in the channel's unit. */
export interface PointSource {
  name: string;
  value: string;
  distribution: 'normal' | 'rectangular' | 'triangular' | 'u-shaped' | 't';
  halfWidth?: string;
  standardUncertainty?: string;
  expanded?: string;
  k?: string;
  /** Left out: infinite. */
  degreesOfFreedom?: string;
  sensitivity: string;
}

/** What a point's results tell; `direction` left out means that it follows from the order of nominals in a run. */
export type PointMeasurement = Pick<PointResult, 'readings' | 'override' | 'stability' | 'correction'> & {
  direction: ReturnType<typeof directions>[number];
};

export interface ReferenceFigures {
  /** Of the correction at this value (`standardAt` takes the larger of both neighbours); null: no certificate. */
  certificate: { expandedUncertainty: string; coverageFactor: string } | null;
  /** Half-width of what it may have drifted since its certificate. */
  drift: string;
  /** Step of its reading. */
  resolution: string;
}

interface Point {
  /** All results at one nominal value, at least one; each with at least one reading. */
  results: readonly PointMeasurement[];
  reference: ReferenceFigures;
  /** Step of the unit's reading. */
  unitResolution: string;
  added?: readonly AddedSource[];
}

const none = rational(0n);
const two = rational(2n);
const digits = 12;
const root = (value: Rational): string => squareRootText(value, digits, 'up');

/**
 * The sources of uncertainty of the error at one nominal value: error = mean of (unit - reference) - correction. The
 * values add up to it. Sources that were given as zero are left out; those that were measured stand there as zero.
 * Scatter within the windows is in the scatter between repeats as well, and both are counted: too much rather than
 * too little.
 */
export function pointBudget({ results, reference, unitResolution, added = [] }: Point): PointSource[] {
  const windows = results.map(differences);
  const errors = windows.map((window, i) =>
    subtract(mean(window) ?? none, fromDecimal(results[i]?.correction ?? '0')),
  );
  const correction = mean(results.map((result) => fromDecimal(result.correction))) ?? none;
  return [
    withinWindows(windows),
    ...certificate(reference, correction),
    ...rectangular('Drift of the standard since its certificate', fromDecimal(reference.drift)),
    ...rectangular('Resolution of the standard', half(fromDecimal(reference.resolution))),
    ...rectangular('Resolution of the unit', half(fromDecimal(unitResolution))),
    ...betweenRepeats(results, errors),
    ...bothWays(results, errors),
    ...rectangular('Taken before it was stable', unrest(results)),
    ...added.flatMap(addedSource),
  ];
}

const half = (value: Rational): Rational => divide(value, two);

const differences = ({ readings }: PointMeasurement): Rational[] =>
  readings.map(({ unit, reference }) => subtract(fromDecimal(unit), fromDecimal(reference)));

/** u^2 of the mean of the windows' means: sum of s^2/n_eff over the square of their number. */
function withinWindows(windows: readonly (readonly Rational[])[]): PointSource {
  const parts = windows.map((window) => ({
    variance: variance(window) ?? none,
    count: effectiveCount(window) ?? rational(BigInt(window.length)),
  }));
  const squares = parts.reduce((total, part) => add(total, divide(part.variance, part.count)), none);
  const freedom = parts.reduce((total, { count }) => add(total, subtract(count, one)), none);
  return {
    name: 'Repeatability of the difference',
    value: toSignificant(mean(windows.map((window) => mean(window) ?? none)) ?? none, 20),
    distribution: 't',
    standardUncertainty: root(divide(squares, square(rational(BigInt(windows.length))))),
    degreesOfFreedom: toPlaces(larger(freedom, one), 1),
    sensitivity: '1',
  };
}

function certificate({ certificate: stated }: ReferenceFigures, correction: Rational): PointSource[] {
  const source = {
    name: 'Certificate of the standard',
    value: toSignificant(correction, 20),
    distribution: 'normal' as const,
    sensitivity: '-1',
  };
  if (stated === null) return [];
  return [{ ...source, expanded: stated.expandedUncertainty, k: stated.coverageFactor }];
}

const rectangular = (name: string, halfWidth: Rational): PointSource[] =>
  halfWidth.over === 0n
    ? []
    : [
        {
          name,
          value: '0',
          distribution: 'rectangular',
          halfWidth: toSignificant(halfWidth, digits, 'up'),
          sensitivity: '1',
        },
      ];

const inDirection = (
  results: readonly PointMeasurement[],
  errors: readonly Rational[],
  wanted: PointMeasurement['direction'],
): Rational[] => errors.filter((_, i) => (results[i]?.direction ?? 'up') === wanted);

/** Repeats in the same direction, pooled; the mean over all results is what is reported. */
function betweenRepeats(results: readonly PointMeasurement[], errors: readonly Rational[]): PointSource[] {
  const scatter = repeatability([inDirection(results, errors, 'up'), inDirection(results, errors, 'down')]);
  if (scatter === null) return [];
  return [
    {
      name: 'Reproducibility between repeats',
      value: '0',
      distribution: 't',
      standardUncertainty: root(divide(scatter.variance, rational(BigInt(errors.length)))),
      degreesOfFreedom: String(scatter.degreesOfFreedom),
      sensitivity: '1',
    },
  ];
}

function bothWays(results: readonly PointMeasurement[], errors: readonly Rational[]): PointSource[] {
  const h = hysteresis(inDirection(results, errors, 'up'), inDirection(results, errors, 'down'));
  return h === null ? [] : rectangular('Hysteresis', half(h));
}

/** Where a person took a reading that was not stable: the larger drift over its window, as a half-width. */
const unrest = (results: readonly PointMeasurement[]): Rational =>
  results
    .filter(({ override, stability }) => override !== null && !stability.stable)
    .flatMap(({ stability }) => [fromDecimal(stability.referenceDrift), fromDecimal(stability.unitDrift)])
    .reduce(larger, none);

const addedSource = ({ name, distribution, amount }: AddedSource): PointSource[] => {
  if (fromDecimal(amount).over === 0n) return [];
  const source = { name, value: '0', distribution, sensitivity: '1' };
  return [
    distribution === 'normal' ? { ...source, standardUncertainty: amount } : { ...source, halfWidth: amount },
  ];
};
