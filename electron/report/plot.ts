/** From a figure to a place on paper. Floats are for plots only. */
export interface Scale {
  from: number;
  to: number;
  at(value: number): number;
}

export function scale(from: number, to: number, start: number, end: number): Scale {
  const span = to - from || 1;
  return { from, to, at: (value) => start + ((value - from) / span) * (end - start) };
}

/** Round figures (1, 2 or 5 times a power of ten apart) within the range, as decimal text of equal places. */
export function ticks(from: number, to: number, about: number): { value: number; text: string }[] {
  const rough = (to - from) / about || 1;
  const power = Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((factor) => factor * 10 ** power).find((candidate) => candidate >= rough) ?? rough;
  const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const value = (first + index) * step;
    const text = value.toFixed(places);
    return { value, text: /[1-9]/.test(text) ? text : text.replace('-', '') };
  });
}

/** The range of the values, widened by a share of itself on both sides. */
export function spread(values: number[], share: number): { from: number; to: number } {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low || Math.abs(high) || 1) * share;
  return { from: low - margin, to: high + margin };
}
