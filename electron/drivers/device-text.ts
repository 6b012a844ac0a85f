/** What a device said, fit for a record: capped, without control characters. */
export function deviceText(text: string, max = 200): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, max);
}
