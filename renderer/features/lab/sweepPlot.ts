import type { SweptPoint } from '../../../shared/contract/lab-methods.ts';
import { niceRange, niceStep, placesOfStep } from '../../live/range.ts';
import type { Scale } from './scale.ts';

export const sheet = { width: 720, height: 200, left: 62, right: 16, top: 12, bottom: 46 } as const;
const floor = sheet.height - sheet.bottom;

export interface SweepPlot {
  points: { x: number; y: number | null; noisy: boolean; value: string }[];
  ticks: { y: number; text: string }[];
  /** Places of the points that have their text below the axis. */
  labelled: number[];
  /** Where the present text lies among the points; null where it is off them. */
  present: number | null;
}

export const alarmsADay = (point: SweptPoint): number | null =>
  'alarmsPerDay' in point ? point.alarmsPerDay : null;

/** Alarms a day over the values, evenly spaced as they were asked for. */
export function sweepPlot(points: readonly SweptPoint[], present: string, scale: Scale): SweepPlot {
  const rates = points.flatMap((point) => alarmsADay(point) ?? []);
  const [, top] = niceRange([0, ...rates], 1);
  const step = niceStep(top / 4);
  const wide = sheet.width - sheet.left - sheet.right;
  const x = (at: number): number => sheet.left + (wide * at) / Math.max(1, points.length - 1);
  const y = (rate: number): number => floor - ((floor - sheet.top) * rate) / top;
  const places = points.map(({ value }) => scale.placeOf(value) ?? 0);
  const stride = Math.max(1, Math.ceil(points.length / 9));
  return {
    points: points.map((point, at) => {
      const rate = alarmsADay(point);
      const noisy = 'noise' in point && point.noise.length > 0;
      return { x: x(at), y: rate === null ? null : y(rate), noisy, value: point.value };
    }),
    ticks: Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, i) => ({
      y: y(i * step),
      text: (i * step).toFixed(placesOfStep(step)),
    })),
    labelled: points.flatMap((_, at) => (at % stride === 0 ? [at] : [])),
    present: between(places, scale.placeOf(present), x),
  };
}

/** Where a place lies among increasing places, drawn evenly. */
function between(places: readonly number[], place: number | null, x: (at: number) => number): number | null {
  const [first] = places;
  const last = places[places.length - 1];
  if (place === null || first === undefined || last === undefined || place < first || place > last)
    return null;
  const next = places.findIndex((each) => each >= place);
  const [low, high] = [places[next - 1] ?? first, places[next] ?? last];
  return x(high === low ? next : next - 1 + (place - low) / (high - low));
}
