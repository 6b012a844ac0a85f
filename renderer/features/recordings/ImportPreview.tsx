import { useTranslation } from 'react-i18next';
import type { RecordingPreview } from '../../../shared/contract/recordings.ts';
import { recordingMoment } from '../../live/recordingTime.ts';
import { Fold } from '../../ui/Fold.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { spanText } from '../lab/times.ts';
import { isDated, timeFormat } from './timeFormat.ts';
import { useLineWords } from './useLineWords.ts';

interface PreviewProps {
  preview: RecordingPreview;
}

/** Rows, times and steps of a file, as figures. */
export function ImportOverview({ preview }: PreviewProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const { time, taken, rows } = preview;
  const format = timeFormat(time.format);
  const count = (n: number): string => n.toLocaleString(language);
  const clock = { from: time.from ?? 0, dated: isDated(format) };
  const moment = (at: number): string => recordingMoment(at, clock, language);
  const span =
    time.from === null || time.to === null
      ? '—'
      : `${moment(time.from)} – ${moment(time.to)} (${spanText(time.to - time.from, language)})`;
  return (
    <KeyValue
      rows={[
        [
          t('recordings.upload.taken'),
          t('recordings.upload.takenOf', { taken: count(taken), rows: count(rows) }),
        ],
        [t('recordings.upload.span'), span],
        [t('recordings.upload.step'), time.step === null ? '—' : spanText(time.step, language)],
        [
          t('recordings.upload.timeColumn'),
          [time.title, format === null ? time.format : t(`recordings.upload.formats.${format}`)]
            .filter((text) => text !== '')
            .join(' · '),
        ],
      ]}
    />
  );
}

const problems = ['repeated', 'decreasing', 'missing', 'absurd', 'broken'] as const;

/** Rows that are not taken, why, and where they are. */
export function ImportLeftOut({ preview }: PreviewProps) {
  const { t, i18n } = useTranslation();
  const where = useLineWords();
  const rows = problems.flatMap((id) => {
    const noted = preview.problems[id];
    return noted === undefined || noted.count === 0 ? [] : [{ id, ...noted }];
  });
  if (rows.length === 0) return <StatusMark status="good" word={t('recordings.upload.allTaken')} />;
  return (
    <Table
      caption={t('recordings.upload.problems')}
      dense
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'count',
          title: t('recordings.rows'),
          figure: true,
          cell: ({ count }) => count.toLocaleString(i18n.language),
        },
        {
          id: 'why',
          title: t('recordings.upload.why'),
          head: true,
          cell: ({ id }) => t(`recordings.upload.problem.${id}`),
        },
        { id: 'where', title: t('recordings.upload.where'), cell: (noted) => where(noted) },
      ]}
    />
  );
}

const GAPS_NAMED = 3;

/** Pauses are kept as they are. */
export function ImportGaps({ preview }: PreviewProps) {
  const { t, i18n } = useTranslation();
  const { count, first } = preview.gaps;
  if (count === 0) return null;
  const named = first
    .slice(0, GAPS_NAMED)
    .map(({ line, ms }) => t('recordings.upload.gapAt', { length: spanText(ms, i18n.language), line }));
  return <p>{t('recordings.upload.gaps', { count, first: named.join(', ') })}</p>;
}

/** The first rows, untouched. */
export function ImportSample({ preview }: PreviewProps) {
  const { t } = useTranslation();
  const { titles, sample } = preview;
  const columns = titles.map((title, index) => ({
    id: String(index),
    title,
    figure: title !== preview.time.title,
    cell: (row: readonly string[]) => row[index] ?? '',
  }));
  return (
    <Fold title={t('recordings.upload.sample')}>
      <Table
        caption={t('recordings.upload.sample')}
        hideCaption
        dense
        rows={sample}
        rowKey={(_row, index) => String(index)}
        columns={columns}
      />
    </Fold>
  );
}
