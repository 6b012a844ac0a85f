import { useTranslation } from 'react-i18next';

/**
 * What the host was doing, by its own English phrase, in the words of the table; the phrase itself where the table has
 * none. One word of a phrase may be a name, such as a file: then the entry has `{name}` in its place.
 */
export function duringWords(table: Readonly<Record<string, string>>, phrase: string): string {
  const known = table[phrase];
  if (known !== undefined) return known;
  const words = phrase.split(' ');
  for (const [index, word] of words.entries()) {
    const name = word.replace(/^\((.*)\)$/, '$1');
    const key = words.with(index, word.replace(name, '{name}')).join(' ');
    const named = table[key];
    if (named !== undefined) return named.replace('{name}', () => name);
  }
  return phrase;
}

/** The phrases are keys with spaces and dots, so they stand in a name space of their own and not in the catalogue. */
export const duringSpace = 'during';

export function useDuring(): (phrase: string) => string {
  const { i18n } = useTranslation();
  const table: unknown = i18n.getResourceBundle(i18n.language, duringSpace);
  return (phrase) => duringWords((table ?? {}) as Record<string, string>, phrase);
}
