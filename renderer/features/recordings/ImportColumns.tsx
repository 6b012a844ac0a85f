import { useTranslation } from 'react-i18next';
import type { RecordingPreview } from '../../../shared/contract/recordings.ts';
import { Select } from '../../ui/Select.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import form from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import { useChannels } from '../common/useChannels.ts';
import styles from './recordings.module.css';
import { useLineWords } from './useLineWords.ts';

type FileColumn = RecordingPreview['columns'][number];

const LEFT_OUT = '-';

/** Columns of a file with what they hold, and the channel that each is taken for. */
export function ImportColumns(props: {
  preview: RecordingPreview;
  unit: string;
  isDisabled: boolean;
  choose: (column: string, channel: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const figure = (value: number | null): string =>
    value === null
      ? '—'
      : value.toLocaleString(i18n.language, { maximumSignificantDigits: 7, useGrouping: false });
  const columns: Column<FileColumn>[] = [
    {
      id: 'title',
      title: t('recordings.upload.column'),
      head: true,
      cell: (column) => <Named column={column} />,
    },
    { id: 'unit', title: t('recordings.upload.unit'), cell: ({ unit }) => unitSymbol(unit) },
    {
      id: 'values',
      title: t('recordings.upload.values'),
      figure: true,
      cell: ({ values }) => values.toLocaleString(i18n.language),
    },
    { id: 'least', title: t('recordings.upload.least'), figure: true, cell: ({ least }) => figure(least) },
    {
      id: 'greatest',
      title: t('recordings.upload.greatest'),
      figure: true,
      cell: ({ greatest }) => figure(greatest),
    },
    {
      id: 'channel',
      title: t('recordings.upload.channel'),
      cell: (column) => <ChannelOf column={column} {...props} />,
    },
  ];
  return (
    <Table
      caption={t('recordings.upload.columns')}
      dense
      rows={props.preview.columns}
      rowKey={({ title }, index) => `${index} ${title}`}
      columns={columns}
    />
  );
}

/** The title, and under it the cells that hold no value. */
function Named({ column: { title, values, bad, unreadable } }: { column: FileColumn }) {
  const { t, i18n } = useTranslation();
  const where = useLineWords();
  const figure = (count: number): string => count.toLocaleString(i18n.language);
  const notes =
    values === 0
      ? [t('recordings.upload.noNumber')]
      : [
          ...(bad > 0 ? [t('recordings.upload.bad', { figure: figure(bad) })] : []),
          ...(unreadable.count > 0
            ? [
                t('recordings.upload.unreadable', {
                  figure: figure(unreadable.count),
                  lines: where(unreadable),
                }),
              ]
            : []),
        ];
  return (
    <>
      {title}
      {notes.map((note) => (
        <span key={note} className={form.below}>
          {note}
        </span>
      ))}
    </>
  );
}

function ChannelOf(props: {
  column: FileColumn;
  unit: string;
  isDisabled: boolean;
  choose: (column: string, channel: string) => void;
}) {
  const { t } = useTranslation();
  const { column } = props;
  const channels = useChannels(props.unit);
  const meant = channels.find(({ id }) => id === column.title.toLowerCase()) ?? channels[0];
  const choices = [
    { id: LEFT_OUT, label: t('recordings.upload.leftOut') },
    ...channels.map(({ id, title, unit }) => ({ id, label: id, detail: `${title} (${unitSymbol(unit)})` })),
  ];
  return (
    <div className={styles.taken}>
      <Select
        label={t('recordings.upload.channelOf', { column: column.title })}
        hideLabel
        choices={choices}
        value={column.channel ?? LEFT_OUT}
        onChange={(id) => props.choose(column.title, id === LEFT_OUT ? '' : id)}
        isDisabled={props.isDisabled}
      />
      {column.otherUnit && (
        <span className={form.below}>
          {t('recordings.upload.otherUnit', {
            unit: unitSymbol(column.unit),
            own: unitSymbol(meant?.unit ?? ''),
          })}
        </span>
      )}
    </div>
  );
}
