import { niceRange, niceStep } from '../../live/range.ts';
import type { PlottedPoint } from './plotted.ts';

/** The sheet of the plot and its margins, in units of the drawing. */
export const sheet = { width: 720, height: 210, left: 74, right: 16, top: 12, bottom: 48 } as const;

export interface ErrorScale {
  x: (nominal: number) => number;
  y: (error: number) => number;
  nominals: readonly number[];
  /** Errors at which a line of the grid stands. */
  ticks: readonly number[];
  /** Decimal places of a tick. */
  places: number;
}

/** Where a nominal and an error stand on the sheet; the tolerance is always in the picture. */
export function errorScale(points: readonly PlottedPoint[], tolerance: number): ErrorScale {
  const nominals = points.map((point) => Number(point.nominal));
  const [x0, x1] = [Math.min(...nominals), Math.max(...nominals)];
  const errors = points.flatMap(({ error, uncertainty }) => [
    Number(error) - Number(uncertainty ?? 0),
    Number(error) + Number(uncertainty ?? 0),
  ]);
  const [y0, y1] = niceRange([-tolerance, tolerance, ...errors], 3 * tolerance);
  const across = sheet.width - sheet.left - sheet.right - 40;
  const down = sheet.height - sheet.top - sheet.bottom;
  const step = niceStep((y1 - y0) / 5);
  const first = Math.ceil(y0 / step - 1e-9);
  const count = Math.floor(y1 / step + 1e-9) - first + 1;
  return {
    x: (nominal) => sheet.left + 20 + ((nominal - x0) / (x1 - x0 || 1)) * across,
    y: (error) => sheet.top + ((y1 - error) / (y1 - y0)) * down,
    nominals: [...new Set(nominals)],
    ticks: Array.from({ length: count }, (_, index) => (first + index) * step),
    places: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
  };
}
