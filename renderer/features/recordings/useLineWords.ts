import { useTranslation } from 'react-i18next';

interface NotedLines {
  count: number;
  /** The first of them. */
  lines: readonly number[];
}

/** Where it is so, in words: `lines 4, 9, 12 and 30 more`. */
export function useLineWords(): (noted: NotedLines) => string {
  const { t, i18n } = useTranslation();
  return ({ count, lines }) => {
    const named = lines.join(', ');
    const more = count - lines.length;
    if (more > 0)
      return t('recordings.upload.linesMore', { lines: named, more: more.toLocaleString(i18n.language) });
    return t(lines.length === 1 ? 'recordings.upload.line' : 'recordings.upload.lines', { lines: named });
  };
}
