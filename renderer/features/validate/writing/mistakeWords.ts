import { useTranslation } from 'react-i18next';
import { phraseWords } from './phraseWords.ts';

/** What the compiler says is English; its phrases stand in a name space of their own for other languages. */
export const mistakeSpace = 'mistakes';

export function useMistakeWords(): (message: string) => string {
  const { i18n } = useTranslation();
  const table: unknown = i18n.getResourceBundle(i18n.language, mistakeSpace);
  return (message) => phraseWords((table ?? {}) as Readonly<Record<string, string>>, message);
}
