const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

/** `500ms`, `5s`, `2min`, `1h` as ms. The text has the contract's form `DurationText`. */
export function durationMs(text: string): number {
  const match = /^(\d+)(ms|s|min|h)$/.exec(text);
  const unit = unitMs[match?.[2] ?? ''];
  if (match === null || unit === undefined) throw new RangeError(`"${text}" is not a duration`);
  return Number(match[1]) * unit;
}
