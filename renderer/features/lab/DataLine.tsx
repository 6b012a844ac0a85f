import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { RecordingPicker } from '../recordings/RecordingPicker.tsx';
import { Running } from '../recordings/RecordLive.tsx';
import { useRecordings } from '../recordings/store.ts';
import { useFactsLine } from '../recordings/useFactsLine.ts';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';

/** The data in use in one line, faults and all; the choice of others behind a button. */
export function DataLine({ state, lab, facts }: LabProps) {
  const { t } = useTranslation();
  const factsLine = useFactsLine();
  const { recordings, now, refresh } = useRecordings(state.unit);
  const [choosing, setChoosing] = useState(false);
  const choose = (recording: string) => {
    if (recording !== lab.recording) lab.change({ recording, faults: [], at: null });
    setChoosing(false);
  };
  // The first one is under way: what a recording is good for needs no more words.
  if (now !== null && recordings?.length === 0) {
    return (
      <Running
        unit={state.unit}
        now={now}
        onFinished={(made) => void refresh().then(() => choose(made.id))}
      />
    );
  }
  if (facts === null || choosing || now !== null) {
    return (
      <div className={styles.data}>
        <RecordingPicker unit={state.unit} value={facts?.id ?? null} onChange={choose} />
        {facts !== null && choosing && (
          <Button look="quiet" onPress={() => setChoosing(false)}>
            {t('lab.keepData')}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className={styles.present}>
      <p className={styles.dataWords}>
        <strong>{facts.name}</strong>
        <span className={styles.quiet}>{factsLine(facts)}</span>
        {lab.faults.length > 0 && (
          <StatusMark status="caution" word={t('lab.faultsPut', { count: lab.faults.length })} />
        )}
      </p>
      <Button look="quiet" onPress={() => setChoosing(true)}>
        {t('lab.otherData')}
      </Button>
    </div>
  );
}
