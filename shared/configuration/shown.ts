import { isJson, parseJson } from './json-text.ts';

/** `DifferenceLine` takes 2,000 letters of a value. */
const longest = 1800;

/**
 * Values as they are shown. Of long ones the part around the first letter in which the last two (as found, to be)
 * differ, with the length of the whole: two texts that are not equal never look equal.
 */
export function valueTexts(texts: readonly (string | undefined)[]): (string | null)[] {
  const [, found, wanted] = texts;
  const from = found !== undefined && wanted !== undefined ? firstOther(found, wanted) : 0;
  return texts.map((text) => (text === undefined ? null : part(text, from)));
}

function part(text: string, from: number): string {
  if (text.length <= longest) return text;
  const start = Math.max(0, Math.min(from - 40, text.length - longest));
  const [before, after] = [start > 0 ? '…' : '', start + longest < text.length ? '…' : ''];
  // A cut may go through the middle of a character; the record takes whole ones only.
  return `${before}${text.slice(start, start + longest)}${after} (${text.length} characters)`.toWellFormed();
}

function firstOther(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return at;
  return length;
}

/** Bytes that cannot be, or need not be, shown value by value. */
export function bytesText(bytes: Uint8Array, from: number): string {
  const read = parseJson(bytes);
  const why = isJson(read) ? '' : `, ${read.why}`;
  const some = Array.from(bytes.subarray(from, from + 16), (byte) => byte.toString(16).padStart(2, '0')).join(
    ' ',
  );
  return JSON.stringify(`${bytes.length} bytes${why}; from byte ${from} on: ${some || 'nothing'}`);
}
