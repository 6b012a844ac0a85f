import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NameRow } from '../../../shared/contract/queue.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { shortId } from '../common/show.ts';
import { type Call, useCall } from '../common/useCall.ts';
import { isTaken } from './names.ts';

interface NamesProps {
  rows: readonly NameRow[];
  hardwareId: string | null;
  onRows: (rows: NameRow[]) => void;
  /** Absent where the rows are handed out by themselves. */
  onUse?: (row: NameRow) => void;
  onClose: () => void;
}

/** A list of names from a spreadsheet: pasted or from a file, read by the host, its rows to choose from. */
export function NamesDialog(props: NamesProps) {
  const { t } = useTranslation();
  const call = useCall();
  return (
    <Dialog
      title={t('names.dialogTitle')}
      isOpen
      isWide
      onClose={props.onClose}
      actions={<Button onPress={props.onClose}>{t('app.close')}</Button>}
    >
      {call.failure !== null && <FailureNotice failure={call.failure} />}
      {props.rows.length > 0 && <Rows {...props} />}
      <ReadList call={call} onRows={props.onRows} />
    </Dialog>
  );
}

function ReadList({ call, onRows }: { call: Call; onRows: (rows: NameRow[]) => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const [text, setText] = useState('');
  const read = (csv: string) =>
    call.run(async () => {
      onRows(await host.call('names.import', { csv }));
      setText('');
    });
  return (
    <>
      <TextArea
        label={t('names.paste')}
        hint={t('names.pasteHint')}
        value={text}
        onChange={setText}
        rows={4}
      />
      <div className={styles.row}>
        <Button isDisabled={call.running || text.trim() === ''} onPress={() => read(text)}>
          {t('names.read')}
        </Button>
        <FileButton
          label={t('names.file')}
          endings={['.csv', '.txt', '.tsv']}
          isDisabled={call.running}
          onFile={(file) =>
            call.run(async () => onRows(await host.call('names.import', { csv: await file.text() })))
          }
        />
      </div>
    </>
  );
}

function Rows({ rows, hardwareId, onUse }: NamesProps) {
  const { t } = useTranslation();
  const units = useDesk((desk) => desk.job?.units) ?? [];
  return (
    <Table
      caption={t('names.rows', { count: rows.length })}
      dense
      holdsEnd
      rows={rows}
      rowKey={(_row, index) => String(index)}
      columns={[
        { id: 'tag', title: t('provision.tag'), head: true, cell: (row) => row.tag },
        { id: 'asset', title: t('provision.asset'), cell: (row) => row.asset },
        { id: 'location', title: t('provision.location'), cell: (row) => row.location },
        {
          id: 'unit',
          title: t('names.forUnit'),
          cell: (row) => (row.hardwareId === null ? t('names.anyUnit') : shortId(row.hardwareId)),
        },
        {
          id: 'use',
          title: t('names.use'),
          cell: (row) => {
            if (isTaken(row, units, hardwareId)) return <StatusMark status="good" word={t('names.taken')} />;
            if (onUse === undefined) return t('names.inTurn');
            if (row.hardwareId !== null && row.hardwareId !== hardwareId) return t('names.otherUnit');
            return (
              <Button look="quiet" onPress={() => onUse(row)} aria-label={`${t('names.use')} ${row.tag}`}>
                {t('names.use')}
              </Button>
            );
          },
        },
      ]}
    />
  );
}
