import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Select } from '../../ui/Select.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { AddFile } from './AddFile.tsx';
import { RecordingTable } from './RecordingTable.tsx';
import { Running, StartRecording } from './RecordLive.tsx';
import styles from './recordings.module.css';
import { SaveRecording } from './SaveRecording.tsx';
import { useRecordings } from './store.ts';
import { useFactsLine } from './useFactsLine.ts';

interface PickerProps {
  unit: string;
  /** Id of the recording in use; null: none yet. */
  value: string | null;
  onChange: (id: string) => void;
}

/** The recording in use, in one line: another one, a new one, and the whole list behind a button. */
export function RecordingPicker(props: PickerProps) {
  const { t } = useTranslation();
  const { recordings, now, failure, refresh } = useRecordings(props.unit);
  const factsLine = useFactsLine();
  if (failure !== null) return <FailureNotice failure={failure} action={<Again onPress={refresh} />} />;
  if (recordings === null) return null;
  const use = (facts: RecordingFacts) => void refresh().then(() => props.onChange(facts.id));
  const chosen = recordings.find(({ id }) => id === props.value) ?? null;
  const add = <AddFile unit={props.unit} onTaken={use} />;
  const record = <StartRecording unit={props.unit} onStarted={refresh} />;
  const running = now !== null && <Running unit={props.unit} now={now} onFinished={use} />;
  if (recordings.length === 0) {
    return (
      <NoRecordings>
        {add}
        {running || record}
      </NoRecordings>
    );
  }
  return (
    <div className={styles.picker}>
      <div className={styles.choice}>
        <div className={styles.wide}>
          <Select
            label={t('recordings.recording')}
            choices={recordings.map((facts) => ({
              id: facts.id,
              label: facts.name,
              detail: factsLine(facts),
            }))}
            value={chosen?.id ?? null}
            onChange={props.onChange}
            placeholder={t('recordings.recording')}
          />
        </div>
        {add}
        {now === null && record}
      </div>
      {running}
      <div className={form.line}>
        {chosen !== null && <span className={form.note}>{factsLine(chosen)}</span>}
        <AllRecordings {...props} recordings={recordings} />
        {chosen !== null && <SaveRecording facts={chosen} />}
      </div>
    </div>
  );
}

function Again({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return <Button onPress={onPress}>{t('app.tryAgain')}</Button>;
}

/** What will be here, and the ways to the first one. */
export function NoRecordings({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const bench = useDesk((desk) => desk.info?.bench ?? false);
  return (
    <EmptyState title={t('recordings.emptyTitle')} actions={<div className={form.row}>{children}</div>}>
      <p>{t('recordings.emptyBody')}</p>
      {bench && <p>{t('recordings.emptyBench')}</p>}
    </EmptyState>
  );
}

function AllRecordings(props: PickerProps & { recordings: readonly RecordingFacts[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const use = (id: string) => {
    props.onChange(id);
    setOpen(false);
  };
  return (
    <>
      <Button look="quiet" onPress={() => setOpen(true)}>
        {t('recordings.all')}
      </Button>
      <Dialog
        title={t('recordings.list')}
        isOpen={open}
        onClose={() => setOpen(false)}
        isWide
        actions={<Button onPress={() => setOpen(false)}>{t('app.close')}</Button>}
      >
        <RecordingTable recordings={props.recordings} value={props.value} onChange={use} />
      </Dialog>
    </>
  );
}
