import { useTranslation } from 'react-i18next';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { spanText } from '../lab/times.ts';

/** A recording in one line: rows, length, where it came from. */
export function useFactsLine(): (facts: RecordingFacts) => string {
  const { t, i18n } = useTranslation();
  return ({ rows, from, to, origin }) =>
    t('recordings.facts', {
      rows: rows.toLocaleString(i18n.language),
      length: spanText(to - from, i18n.language),
      origin: t(`recordings.origins.${origin}`),
    });
}
