import { useTranslation } from 'react-i18next';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { recordingMoment } from '../../live/recordingTime.ts';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { Hash } from '../common/Hash.tsx';
import { spanText } from '../lab/times.ts';

/** All recordings of a unit, one in use. */
export function RecordingTable(props: {
  recordings: readonly RecordingFacts[];
  value: string | null;
  onChange: (id: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const columns: Column<RecordingFacts>[] = [
    { id: 'name', title: t('recordings.name'), head: true, cell: ({ name }) => name },
    {
      id: 'origin',
      title: t('recordings.origin'),
      cell: ({ origin }) => t(`recordings.origins.${origin}`),
    },
    {
      id: 'rows',
      title: t('recordings.rows'),
      figure: true,
      cell: ({ rows }) => rows.toLocaleString(language),
    },
    {
      id: 'length',
      title: t('recordings.length'),
      figure: true,
      cell: ({ from, to }) => spanText(to - from, language),
    },
    {
      id: 'begins',
      title: t('recordings.begins'),
      figure: true,
      cell: (facts) =>
        facts.dated ? recordingMoment(facts.from, facts, language) : t('recordings.notDated'),
    },
    { id: 'channels', title: t('recordings.channels'), cell: ({ channels }) => channels.join(', ') },
    { id: 'hash', title: t('recordings.hash'), cell: ({ sha256 }) => <Hash value={sha256} /> },
    {
      id: 'use',
      title: t('recordings.use'),
      cell: ({ id, name }) =>
        id === props.value ? (
          <StatusMark status="good" word={t('recordings.inUse')} />
        ) : (
          <Button onPress={() => props.onChange(id)} aria-label={t('recordings.useOf', { name })}>
            {t('recordings.use')}
          </Button>
        ),
    },
  ];
  return (
    <Table
      caption={t('recordings.list')}
      hideCaption
      dense
      holdsEnd
      rows={props.recordings}
      rowKey={({ id }) => id}
      columns={columns}
    />
  );
}
