/** A step of 1, 2 or 5 times a power of ten, at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** Decimal places that figures on steps of that size need. */
export const placesOfStep = (step: number): number => {
  const places = [0, 1, 2, 3, 4, 5, 6].find((n) => Math.abs(step - Number(step.toFixed(n))) < step * 1e-6);
  return places ?? 6;
};

/**
 * Ends of the value axis: everything that is to be seen, on whole steps, so that the axis stands still while the
 * value moves within a step. `leastSpan` keeps noise from filling the picture.
 */
export function niceRange(seen: readonly number[], leastSpan: number): [number, number] {
  const finite = seen.filter((value) => Number.isFinite(value));
  if (finite.length === 0) return [0, leastSpan];
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const middle = (low + high) / 2;
  const span = Math.max((high - low) * 1.1, leastSpan);
  const step = niceStep(span / 6);
  return [
    Math.floor((Math.min(low, middle - span / 2) + step * 1e-9) / step) * step,
    Math.ceil((Math.max(high, middle + span / 2) - step * 1e-9) / step) * step,
  ];
}

/** Lowest and highest value at samples `from` to `to` (exclusive); NaN is no value. */
export function extent(values: Float64Array, from: number, to: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
