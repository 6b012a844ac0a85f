import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { FileButton } from '../../ui/FileButton.tsx';
import { ImportDialog } from './ImportDialog.tsx';

const endings = ['.csv', '.txt', '.tsv', '.jsonl', '.ndjson'] as const;

/** A file of any length, looked at before it is taken in. */
export function AddFile(props: { unit: string; onTaken: (facts: RecordingFacts) => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const taken = (facts: RecordingFacts) => {
    setFile(null);
    props.onTaken(facts);
  };
  return (
    <>
      <FileButton label={t('recordings.add')} endings={endings} onFile={setFile} />
      {file !== null && (
        <ImportDialog file={file} unit={props.unit} onTaken={taken} onClose={() => setFile(null)} />
      )}
    </>
  );
}
