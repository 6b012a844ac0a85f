import { compareReal, fromText } from './real/real.ts';

/** A note for each asked value that lies outside of the readings, with the path of the request. */
export function extrapolations(
  member: string,
  asked: readonly string[] | undefined,
  readings: readonly string[],
): string[] {
  const values = readings.map(fromText);
  return (asked ?? []).flatMap((text, i) => {
    const sides = new Set(values.map((value) => compareReal(fromText(text), value)));
    return sides.has(0) || sides.size > 1
      ? []
      : [`${member}.${i} lies outside of the readings: the model is not proven there`];
  });
}
