/** How far around a byte that is no text everything is taken for packed. Deflated data has one every few bytes. */
export const packedReach = 32;

/** Printable, ends of lines, and the control characters of the REPL. */
const isText = (code: number): boolean => (code >= 0x20 && code <= 0x7e) || (code >= 1 && code <= 0x0d);
const base64Run = new RegExp(`[A-Za-z0-9+/=]{${packedReach},}`, 'g');
/** Hashes and names of things are no packed data. */
const mixed = [/[A-Z]/, /[a-z]/, /[0-9+/]/];

/**
 * Marks what is packed: bytes that are no text with what stands around them, and long runs of base64. A secret in
 * deflated data cannot be found by any pattern, but whoever has the data can unpack it.
 */
export function markPacked(text: string, marked: Uint8Array): void {
  for (let at = 0; at < text.length; at += 1) {
    if (!isText(text.charCodeAt(at))) marked.fill(1, Math.max(0, at - packedReach), at + packedReach);
  }
  for (const { index, 0: run } of text.matchAll(base64Run)) {
    if (mixed.every((kind) => kind.test(run))) marked.fill(1, index, index + run.length);
  }
}
