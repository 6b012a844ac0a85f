const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The phrase of the table whose `{1}`, `{2}`, … fit the message, with what stood there, itself by the table where it
 * has that; the message as it is where none fits.
 */
export function phraseWords(table: Readonly<Record<string, string>>, message: string): string {
  const known = table[message];
  if (known !== undefined) return known;
  for (const [phrase, words] of Object.entries(table)) {
    if (!phrase.includes('{1}')) continue;
    const pattern = phrase
      .split(/\{\d\}/)
      .map(escaped)
      .join('(.+?)');
    const found = new RegExp(`^${pattern}$`, 's').exec(message);
    if (found)
      return words.replace(/\{(\d)\}/g, (_, n: string) => phraseWords(table, found[Number(n)] ?? ''));
  }
  return message;
}
