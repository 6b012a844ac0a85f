import type { PlotTrace } from '../../shared/contract/recordings.ts';
import { decimalPlaces, unitSymbol } from '../../shared/units/units.ts';
import { niceRange } from './range.ts';
import type { ThresholdLine } from './recordingChartProps.ts';
import { traceExtent } from './recordingTrace.ts';
import type { Span } from './span.ts';

/** A value axis: all channels of one unit. */
export interface ValueScale {
  key: string;
  unit: string;
  title: string;
}

const MOST_SCALES = 2;
/** Noise of a few steps does not fill the picture. */
const LEAST_QUANTA = 20;

export const scaleKey = (unit: string): string => `y:${unit}`;

/** An axis a unit, in the order of the channels. One channel gives its name to its axis, where there is room for it. */
export function valueScales(traces: readonly PlotTrace[], short = false): ValueScale[] {
  return [...new Set(traces.map(({ unit }) => unit))].slice(0, MOST_SCALES).map((unit) => {
    const own = traces.filter((trace) => trace.unit === unit);
    const symbol = unitSymbol(unit);
    const name = own.length === 1 && !short ? (own[0]?.title ?? '') : own.map(({ id }) => id).join(', ');
    return { key: scaleKey(unit), unit, title: symbol === '' ? name : `${name} (${symbol})` };
  });
}

/** Ends of an axis: all that is in sight, and each threshold that is not further from it than it is tall. */
export function valueRange(
  traces: readonly PlotTrace[],
  unit: string,
  span: Span,
  thresholds: readonly ThresholdLine[],
): [number, number] {
  const own = traces.filter((trace) => trace.unit === unit);
  const seen = own.flatMap((trace) => traceExtent(trace, span.from, span.to)).filter(Number.isFinite);
  const lines = thresholds
    .filter(({ channel }) => own.some(({ id }) => id === channel))
    .map(({ value }) => value);
  const leastSpan = LEAST_QUANTA * Math.max(...own.map(({ quantum }) => Number(quantum)), 1e-9);
  if (seen.length === 0) return niceRange(lines, leastSpan);
  const [low, high] = [Math.min(...seen), Math.max(...seen)];
  const reach = Math.max(high - low, leastSpan);
  const near = lines.filter((value) => value >= low - reach && value <= high + reach);
  return niceRange([low, high, ...near], leastSpan);
}

/** Places of the channel's own step. */
export const placesOf = ({ quantum }: Pick<PlotTrace, 'quantum'>): number => decimalPlaces(quantum);
