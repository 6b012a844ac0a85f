import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingClock } from '../../live/recordingTime.ts';
import { TextField } from '../../ui/TextField.tsx';
import { momentText, parseMoment } from './times.ts';

/** A moment of a recording, typed as its clock has it. */
export function MomentField(props: {
  label: string;
  value: number;
  clock: RecordingClock;
  onChange: (t: number) => void;
}) {
  const { clock, value } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState<{ of: number; text: string } | null>(null);
  const shown = typed?.of === value ? typed.text : momentText(value, clock);
  return (
    <TextField
      label={props.label}
      hint={clock.dated ? t('lab.momentDated') : t('lab.momentElapsed')}
      value={shown}
      figure
      error={parseMoment(shown, clock) === null ? t('lab.momentWrong') : null}
      onEnter={() => setTyped(null)}
      onChange={(text) => {
        const at = parseMoment(text, clock);
        setTyped({ of: at ?? value, text });
        if (at !== null) props.onChange(at);
      }}
    />
  );
}
