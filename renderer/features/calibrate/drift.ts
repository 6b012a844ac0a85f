import { niceRange, niceStep } from '../../live/range.ts';
import { sheet } from './errorScale.ts';

/** One nominal over time. */
export interface DriftSeries {
  name: string;
  points: readonly {
    /** ms since 1970. */
    at: number;
    value: string;
    uncertainty: string | null;
    /** It stands for the state after an adjustment: the line begins anew. */
    isAdjusted: boolean;
  }[];
}

export interface DriftScale {
  x: (at: number) => number;
  y: (value: number) => number;
  ticks: readonly number[];
  places: number;
  /** Moments that get a date below the axis: not so many that they touch. */
  days: readonly number[];
}

const DATES = 6;

/** Where a moment and a value stand on the sheet; a tolerance is always in the picture. */
export function driftScale(series: readonly DriftSeries[], tolerance: number | null): DriftScale {
  const points = series.flatMap((one) => one.points);
  const moments = [...new Set(points.map(({ at }) => at))].sort((a, b) => a - b);
  const [t0, t1] = [moments[0] ?? 0, moments.at(-1) ?? 0];
  const ends = points.flatMap(({ value, uncertainty }) =>
    [-1, 1].map((side) => Number(value) + side * Number(uncertainty ?? 0)),
  );
  const limits = tolerance === null ? [] : [-tolerance, tolerance];
  const widest = Math.max(...ends.map(Math.abs), ...limits, 0);
  const [y0, y1] = niceRange([...ends, ...limits], widest === 0 ? 1 : widest / 2);
  const across = sheet.width - sheet.left - sheet.right - 60;
  const down = sheet.height - sheet.top - sheet.bottom;
  const step = niceStep((y1 - y0) / 5);
  const first = Math.ceil(y0 / step - 1e-9);
  const count = Math.floor(y1 / step + 1e-9) - first + 1;
  const every = Math.ceil(moments.length / DATES);
  return {
    x: (at) => sheet.left + 30 + (t1 === t0 ? across / 2 : ((at - t0) / (t1 - t0)) * across),
    y: (value) => sheet.top + ((y1 - value) / (y1 - y0)) * down,
    ticks: Array.from({ length: count }, (_, index) => (first + index) * step),
    places: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
    days: moments.filter((_, index) => index % every === 0),
  };
}
