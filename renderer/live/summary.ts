/** What a chart says in words: figures of one channel over a window. NaN where nothing was measured. */
export interface Summary {
  last: number;
  min: number;
  mean: number;
  max: number;
  /** Samples with a value. */
  n: number;
  /** Samples without one. */
  missing: number;
}

export function summarise(values: Float64Array): Summary {
  let last = Number.NaN;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    last = value;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    n += 1;
  }
  const none = n === 0;
  return {
    last,
    min: none ? Number.NaN : min,
    mean: none ? Number.NaN : sum / n,
    max: none ? Number.NaN : max,
    n,
    missing: values.length - n,
  };
}
