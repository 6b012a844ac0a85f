import type { Band } from './paint.ts';
import type { SampleRing } from './ring.ts';

export interface ChartSeries {
  /** Column of the ring. */
  column: number;
  label: string;
}

export interface ChartWords {
  channel: string;
  time: string;
  keys: string;
  table: string;
  last: string;
  min: string;
  mean: string;
  max: string;
  n: string;
  missing: string;
  gaps: string;
  nothingYet: string;
}

export interface ChartProps {
  label: string;
  ring: SampleRing;
  series: readonly ChartSeries[];
  /** Title of the value axis, with its unit. */
  valueTitle: string;
  unit: string;
  places: number;
  language: string;
  bands?: readonly Band[];
  /** Values that are always in the picture. */
  include?: readonly number[];
  windowSeconds: number;
  /** No picture is magnified beyond this span of values. */
  leastSpan: number;
  height: number;
  /** Differences carry their sign. */
  signed?: boolean;
  /** False where the figures beside the chart already show whose line is whose. */
  legend?: boolean;
  words: ChartWords;
}
