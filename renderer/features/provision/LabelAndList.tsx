import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PlateText, type UnitSettings } from '../../../shared/contract/provision.ts';
import type { NameRow } from '../../../shared/contract/queue.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useDesk } from '../common/desk.ts';
import { NamesDialog } from '../names/NamesDialog.tsx';
import { nextRow, useNames } from '../names/names.ts';
import styles from './LabelAndList.module.css';
import { type Plate, type PlateField, readLabel } from './label.ts';
import { useLabelScan } from './useLabelScan.ts';

const plateFields: readonly string[] = ['tag', 'asset', 'location'];

interface LabelProps {
  hardwareId: string | null;
  settings: UnitSettings;
  onChange: (settings: UnitSettings) => void;
}

/** The two ways to name a unit without typing: scan its label, or take the next row of a list. */
export function LabelAndList(props: LabelProps) {
  const { t } = useTranslation();
  return (
    <Card title={t('names.title')}>
      <div className={styles.ways}>
        <ScanLabel {...props} />
        <FromList {...props} />
      </div>
    </Card>
  );
}

function ScanLabel({ settings, onChange }: LabelProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [taken, setTaken] = useState<Plate | null>(null);
  const take = (text: string, before: UnitSettings, alone: PlateField) => {
    setTyped('');
    const plate = readLabel(text, alone);
    setTaken(plate);
    onChange({ ...before, ...plate });
  };
  useLabelScan(
    () => settings,
    (text, before, at) => take(text, before, fieldAt(at)),
  );
  return (
    <div className={styles.way}>
      <TextField
        label={t('names.scan')}
        hint={t('names.scanHint')}
        value={typed}
        onChange={setTyped}
        onEnter={() => {
          if (typed.trim() !== '') take(typed, settings, 'tag');
        }}
        maxLength={400}
      />
      <div role="status">
        {taken !== null && (
          <StatusMark status="good" word={t('names.scanned', { what: Object.values(taken).join(' · ') })} />
        )}
      </div>
    </div>
  );
}

/** A label that is one text alone goes into the field that has the focus. */
function fieldAt(element: Element | null): PlateField {
  const name = element instanceof HTMLInputElement ? element.name : '';
  return plateFields.includes(name) ? (name as PlateField) : 'tag';
}

function FromList({ hardwareId, settings, onChange }: LabelProps) {
  const { t } = useTranslation();
  const units = useDesk((desk) => desk.job?.units) ?? [];
  const { rows, keep } = useNames();
  const [open, setOpen] = useState(false);
  const next = nextRow(rows, units, hardwareId);
  const use = (row: NameRow) => {
    onChange({ ...settings, ...fitting(row) });
    setOpen(false);
  };
  return (
    <div className={styles.way}>
      <span className={styles.label}>{t('names.list')}</span>
      <p>{next === null ? t(rows.length === 0 ? 'names.noList' : 'names.allTaken') : rowWords(next)}</p>
      <div className={styles.row}>
        {next !== null && <Button onPress={() => use(next)}>{t('names.useNext')}</Button>}
        <Button look={next === null ? 'plain' : 'quiet'} onPress={() => setOpen(true)}>
          {rows.length === 0 ? t('names.import') : t('names.seeList', { count: rows.length })}
        </Button>
      </div>
      {open && (
        <NamesDialog
          rows={rows}
          hardwareId={hardwareId}
          onRows={keep}
          onUse={use}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

const rowWords = (row: NameRow): string =>
  [row.tag, row.asset, row.location].filter((text) => text !== '').join(' · ');

/** A list is somebody else's file: what does not fit on a plate is cut, and shown before it is pushed. */
const fitting = ({ tag, asset, location }: NameRow): Plate => {
  const short = (text: string): string => PlateText.safeParse(text.slice(0, 60)).data ?? '';
  return { tag: short(tag), asset: short(asset), location: short(location) };
};
