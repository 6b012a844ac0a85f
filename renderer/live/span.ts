/** The part of a recording that is in sight, ms. */
export interface Span {
  from: number;
  to: number;
}

/** No picture is magnified beyond this, ms. */
const SHORTEST_MS = 20;

const lengthOf = ({ from, to }: Span): number => to - from;

/** Moved and shortened so that it lies within the whole. */
export function within(span: Span, whole: Span): Span {
  const length = Math.min(Math.max(lengthOf(span), SHORTEST_MS), Math.max(lengthOf(whole), SHORTEST_MS));
  const from = Math.max(whole.from, Math.min(span.from, whole.to - length));
  return { from, to: from + length };
}

/** Longer or shorter by a factor; the time `at` stays where it is in the picture. */
export function zoomed(span: Span, at: number, factor: number, whole: Span): Span {
  const still = Math.min(Math.max(at, span.from), span.to);
  const length = Math.max(lengthOf(span) * factor, SHORTEST_MS);
  const share = lengthOf(span) === 0 ? 0.5 : (still - span.from) / lengthOf(span);
  const from = still - share * length;
  return within({ from, to: from + length }, whole);
}

/** Moved by a share of its length. */
export function moved(span: Span, share: number, whole: Span): Span {
  const by = share * lengthOf(span);
  return within({ from: span.from + by, to: span.to + by }, whole);
}

/** Moved just so far that a time is in it. */
export function showing(span: Span, t: number, whole: Span): Span {
  if (t >= span.from && t <= span.to) return span;
  const by = t < span.from ? t - span.from : t - span.to;
  return within({ from: span.from + by, to: span.to + by }, whole);
}

export const sameSpan = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to;
export const covers = (outer: Span, inner: Span): boolean => outer.from <= inner.from && outer.to >= inner.to;

/** Half as long again on both sides: lines reach over the edges, and a small move needs no new picture. */
export function padded(span: Span): Span {
  const half = lengthOf(span) / 2;
  return { from: span.from - half, to: span.to + half };
}
