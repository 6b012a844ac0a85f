import type { PlotTrace } from '../../shared/contract/recordings.ts';
import { unitSymbol } from '../../shared/units/units.ts';
import { figureFormat } from './figureFormat.ts';
import { placesOf } from './recordingScales.ts';
import { traceAt, traceExtent, traceGaps } from './recordingTrace.ts';
import type { Span } from './span.ts';

/** One channel in words, over the span in sight. Figures are ready to read; null where nothing is. */
export interface ChannelSummary {
  id: string;
  title: string;
  unit: string;
  at: string | null;
  min: string | null;
  max: string | null;
  gaps: number;
}

/** The value at a time; both ends where a column of the picture holds more than one. */
export function valueText(trace: PlotTrace, t: number, language: string): string | null {
  const value = traceAt(trace, t);
  if (value === null) return null;
  const figure = figureFormat(language, placesOf(trace), false);
  const [low, high] = value.map(figure);
  return low === high ? (low ?? null) : `${low} … ${high}`;
}

export function summariseTrace(
  trace: PlotTrace,
  span: Span,
  instant: number | null,
  language: string,
): ChannelSummary {
  const figure = figureFormat(language, placesOf(trace), false);
  const [low, high] = traceExtent(trace, span.from, span.to);
  return {
    id: trace.id,
    title: trace.title === '' ? trace.id : trace.title,
    unit: unitSymbol(trace.unit),
    at: instant === null ? null : valueText(trace, instant, language),
    min: Number.isFinite(low) ? figure(low) : null,
    max: Number.isFinite(high) ? figure(high) : null,
    gaps: traceGaps(trace, span.from, span.to).length,
  };
}
