import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingFacts, RecordingNow } from '../../../shared/contract/recordings.ts';
import { elapsed } from '../../live/recordingTime.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { showMoment } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';

/** Starts a recording of the unit's live frames. */
export function StartRecording({ unit, onStarted }: { unit: string; onStarted: () => Promise<void> }) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const ask = () => {
    setName(t('recordings.live.defaultName', { moment: showMoment(Date.now(), i18n.language) }));
    setOpen(true);
  };
  const ready = name.trim() !== '' && !running;
  const start = () => {
    if (!ready) return;
    run(async () => {
      await host.call('recordings.record', { unit, name: name.trim() });
      setOpen(false);
      await onStarted();
    });
  };
  return (
    <>
      <Button onPress={ask}>{t('recordings.record')}</Button>
      <Dialog
        title={t('recordings.live.title')}
        isOpen={open}
        onClose={() => setOpen(false)}
        onEnter={start}
        actions={
          <>
            <Button onPress={() => setOpen(false)}>{t('wizard.cancel')}</Button>
            <Button look="main" type="submit" isDisabled={!ready}>
              {t('recordings.live.start')}
            </Button>
          </>
        }
      >
        <p>{t('recordings.live.body')}</p>
        <TextField
          label={t('recordings.live.name')}
          value={name}
          onChange={setName}
          maxLength={80}
          autoFocus
        />
        {failure !== null && <FailureNotice failure={failure} />}
      </Dialog>
    </>
  );
}

const SECOND_MS = 1000;

/** Seconds go on between two reports of the host. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How a recording grows, and its end. */
export function Running(props: {
  unit: string;
  now: RecordingNow;
  onFinished: (facts: RecordingFacts) => void;
}) {
  const { unit, now, onFinished } = props;
  const { t, i18n } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const clock = useNow();
  const finish = () => run(async () => onFinished(await host.call('recordings.finish', { unit })));
  return (
    <div className={form.line}>
      <StatusMark
        status="busy"
        word={t('recordings.live.running', { name: now.name, interpolation: { escapeValue: false } })}
      />
      <span className={form.note}>
        {t('recordings.live.figure', {
          rows: now.rows.toLocaleString(i18n.language),
          length: elapsed(Math.max(0, clock - now.since)),
        })}
      </span>
      <Button look="stop" onPress={finish} isDisabled={running}>
        {t('recordings.live.finish')}
      </Button>
      {failure !== null && <FailureNotice failure={failure} />}
    </div>
  );
}
