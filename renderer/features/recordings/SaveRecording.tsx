import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { saveBytes } from '../common/openFile.ts';
import { showBytes } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { fetchRecording, type RecordingFormat } from './saveRecording.ts';

/** The recording as a file: a table, or frames in the unit's own numbers. */
export function SaveRecording({ facts }: { facts: RecordingFacts }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" onPress={() => setOpen(true)}>
        {t('recordings.save')}
      </Button>
      {open && <SaveDialog facts={facts} onClose={() => setOpen(false)} />}
    </>
  );
}

function SaveDialog({ facts, onClose }: { facts: RecordingFacts; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const [format, setFormat] = useState<RecordingFormat>('csv');
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
  const { run, running, failure } = useCall();
  const fetching = useFetching(facts.id, (done, of) => setProgress({ done, of }));
  const save = () => {
    if (running) return;
    run(async () => {
      const file = await fetching(format);
      if (file === null) return;
      saveBytes(file.pieces, file.name);
      onClose();
    });
  };
  return (
    <Dialog
      title={t('recordings.saving.title', { name: facts.name, interpolation: { escapeValue: false } })}
      isOpen
      onClose={onClose}
      onEnter={save}
      actions={
        <>
          <Button onPress={onClose}>{t('wizard.cancel')}</Button>
          <Button look="main" type="submit" isDisabled={running}>
            {t('recordings.saving.save')}
          </Button>
        </>
      }
    >
      <Choice
        label={t('recordings.saving.format')}
        choices={(['csv', 'frames'] as const).map((id) => ({ id, label: t(`recordings.saving.${id}`) }))}
        value={format}
        onChange={setFormat}
        isDisabled={running}
      />
      <p>{t(`recordings.saving.${format}Body`)}</p>
      {running && (
        <ProgressBar
          label={t('recordings.saving.progress')}
          done={progress?.done ?? 0}
          total={progress?.of ?? 0}
          figure={progress === null ? '' : showBytes(progress.done, i18n.language)}
        />
      )}
      {failure !== null && <FailureNotice failure={failure} />}
    </Dialog>
  );
}

/** Fetches until the dialog is closed; null where it was. */
function useFetching(id: string, onProgress: (done: number, of: number) => void) {
  const host = useHost();
  const cancel = useRef<AbortController | null>(null);
  useEffect(() => () => cancel.current?.abort(), []);
  return async (format: RecordingFormat) => {
    const own = new AbortController();
    cancel.current = own;
    try {
      return await fetchRecording(host, id, format, onProgress, own.signal);
    } catch (thrown) {
      if (own.signal.aborted) return null;
      throw thrown;
    }
  };
}
