const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

/** `500ms`, `5s`, `2min`, `1h` as ms. The text has the contract's form `DurationText`. */
export function durationMs(text: string): number {
  const match = /^(\d+)(ms|s|min|h)$/.exec(text);
  const unit = unitMs[match?.[2] ?? ''];
  if (match === null || unit === undefined) throw new RangeError(`"${text}" is not a duration`);
  return Number(match[1]) * unit;
}

/** ms in the largest unit that says them exactly: 90 000 is `90s`. */
export function durationText(ms: number): string {
  const unit = (['h', 'min', 's'] as const).find((name) => ms >= 1000 && ms % (unitMs[name] ?? 1) === 0);
  return ms === 0 ? '0s' : `${unit === undefined ? ms : ms / (unitMs[unit] ?? 1)}${unit ?? 'ms'}`;
}
