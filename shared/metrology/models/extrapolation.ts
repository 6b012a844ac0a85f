import { compareReal, fromText, type Real } from './real/real.ts';

/** Less than the least of the readings, or more than the largest. */
export function liesOutside(value: Real, readings: readonly Real[]): boolean {
  const sides = new Set(readings.map((reading) => compareReal(value, reading)));
  return !sides.has(0) && sides.size === 1;
}

export const outsideNote = (member: string, at: number): string =>
  `${member}.${at} lies outside of the readings: the model is not proven there`;

/** A note for each asked value that lies outside of the readings, with the path of the request. */
export function extrapolations(
  member: string,
  asked: readonly string[] | undefined,
  readings: readonly string[],
): string[] {
  const values = readings.map(fromText);
  return (asked ?? []).flatMap((text, i) =>
    liesOutside(fromText(text), values) ? [outsideNote(member, i)] : [],
  );
}
