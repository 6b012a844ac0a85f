import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { showBytes } from '../common/show.ts';
import { ImportColumns } from './ImportColumns.tsx';
import { ImportGaps, ImportLeftOut, ImportOverview, ImportSample } from './ImportPreview.tsx';
import { type ImportMistake, importMistake, nameOfFile } from './importMistake.ts';
import { type Import, useImport } from './useImport.ts';

interface ImportDialogProps {
  file: File;
  unit: string;
  onTaken: (facts: RecordingFacts) => void;
  onClose: () => void;
}

/** Brings a file in, shows what it holds and what of it is taken, and takes it. Closing it cancels. */
export function ImportDialog({ file, unit, onTaken, onClose }: ImportDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(nameOfFile(file.name));
  const work = useImport(file, unit, onTaken);
  const { preview, stage } = work;
  const mistake = preview === null ? null : importMistake(preview, name);
  const ready = preview !== null && mistake === null && stage === 'ready';
  const take = () => {
    if (ready) work.take(name.trim());
  };
  return (
    <Dialog
      title={t('recordings.upload.title', { name: file.name, interpolation: { escapeValue: false } })}
      isOpen
      onClose={onClose}
      onEnter={take}
      isWide
      actions={
        <>
          <Mistake mistake={mistake} />
          <Button onPress={onClose}>{t('recordings.upload.cancel')}</Button>
          <Button look="main" type="submit" isDisabled={!ready}>
            {t('recordings.upload.take')}
          </Button>
        </>
      }
    >
      <Progress work={work} size={file.size} />
      {work.failure !== null && (
        <FailureNotice
          failure={work.failure}
          action={<Button onPress={work.again}>{t('recordings.upload.again')}</Button>}
        />
      )}
      {preview !== null && (
        <>
          <div className={form.measure}>
            <TextField
              label={t('recordings.upload.name')}
              value={name}
              onChange={setName}
              maxLength={80}
              autoFocus
            />
          </div>
          <ImportOverview preview={preview} />
          <ImportColumns preview={preview} unit={unit} choose={work.choose} isDisabled={stage === 'taking'} />
          <ImportLeftOut preview={preview} />
          <ImportGaps preview={preview} />
          <ImportSample preview={preview} />
        </>
      )}
    </Dialog>
  );
}

function Mistake({ mistake }: { mistake: ImportMistake | null }) {
  const { t } = useTranslation();
  if (mistake === null) return null;
  const words =
    mistake.key === 'twice'
      ? t('recordings.upload.twice', { channel: mistake.channel })
      : t(`recordings.upload.${mistake.key}`);
  return <p role="status">{words}</p>;
}

function Progress({ work, size }: { work: Import; size: number }) {
  const { t, i18n } = useTranslation();
  if (work.stage === 'ready' || work.failure !== null) return null;
  if (work.stage !== 'bringing') {
    return <ProgressBar label={t(`recordings.upload.${work.stage}`)} done={0} total={0} figure="" />;
  }
  const figure = t('recordings.upload.figure', {
    done: showBytes(work.bytes, i18n.language),
    total: showBytes(size, i18n.language),
  });
  return (
    <ProgressBar label={t('recordings.upload.bringing')} done={work.bytes} total={size} figure={figure} />
  );
}
