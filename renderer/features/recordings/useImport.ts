import { useCallback, useEffect, useRef, useState } from 'react';
import { Failure, type FailureRecord } from '../../../shared/contract/failure.ts';
import type { RecordingFacts, RecordingPreview } from '../../../shared/contract/recordings.ts';
import { useHost } from '../common/host.ts';
import { bringIn } from './upload.ts';

/** Channel by title of the column; empty: left out. */
export type Columns = Readonly<Record<string, string>>;

export interface Import {
  /** What is done now. */
  stage: 'bringing' | 'reading' | 'ready' | 'taking';
  bytes: number;
  preview: RecordingPreview | null;
  columns: Columns;
  failure: FailureRecord | null;
  /** Takes a column for a channel, and reads the file again. */
  choose: (column: string, channel: string) => void;
  take: (name: string) => void;
  /** After a failure: once more from where it failed. */
  again: () => void;
}

/** A file on its way in: brought, read, taken. Gone with the component. */
export function useImport(file: File, unit: string, onTaken: (facts: RecordingFacts) => void): Import {
  const host = useHost();
  const [stage, setStage] = useState<Import['stage']>('bringing');
  const [bytes, setBytes] = useState(0);
  const [preview, setPreview] = useState<RecordingPreview | null>(null);
  const [columns, setColumns] = useState<Columns>({});
  const [failure, setFailure] = useState<FailureRecord | null>(null);
  const [tries, setTries] = useState(0);
  const upload = useRef<string | null>(null);
  const newest = useRef(0);

  /** Only the newest reading counts: columns may be chosen faster than a long file is read. */
  const read = useCallback(
    async (chosen: Columns): Promise<void> => {
      if (upload.current === null) return;
      const turn = ++newest.current;
      setStage('reading');
      setFailure(null);
      try {
        const found = await host.call('recordings.preview', {
          upload: upload.current,
          unit,
          columns: { ...chosen },
        });
        if (turn !== newest.current) return;
        setPreview(found);
        setStage('ready');
      } catch (thrown) {
        if (turn === newest.current) setFailure(Failure.from(thrown).toJSON());
      }
    },
    [host, unit],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` counts up to bring the file once more.
  useEffect(() => {
    const cancel = new AbortController();
    bringIn(host, file, setBytes, cancel.signal).then(
      (name) => {
        upload.current = name;
        return read({});
      },
      (thrown: unknown) => {
        if (!cancel.signal.aborted) setFailure(Failure.from(thrown).toJSON());
      },
    );
    return () => {
      cancel.abort();
      newest.current += 1;
      upload.current = null;
    };
  }, [host, file, read, tries]);

  const take = (name: string): void => {
    if (upload.current === null) return;
    setStage('taking');
    setFailure(null);
    host
      .call('recordings.import', { upload: upload.current, unit, name, columns: { ...columns } })
      .then(onTaken, (thrown) => {
        setFailure(Failure.from(thrown).toJSON());
        setStage('ready');
      });
  };
  return {
    stage,
    bytes,
    preview,
    columns,
    failure,
    choose: (column, channel) => {
      const next = { ...columns, [column]: channel };
      setColumns(next);
      void read(next);
    },
    take,
    again: () => {
      if (upload.current !== null) return void read(columns);
      setFailure(null);
      setTries((n) => n + 1);
    },
  };
}
