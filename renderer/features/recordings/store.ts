import { useCallback, useEffect, useState } from 'react';
import { create } from 'zustand';
import { Failure, type FailureRecord } from '../../../shared/contract/failure.ts';
import type { RecordingFacts, RecordingNow } from '../../../shared/contract/recordings.ts';
import { useDesk } from '../common/desk.ts';
import { type HostClient, useHost } from '../common/host.ts';

interface UnitRecordings {
  /** Newest first. */
  list: readonly RecordingFacts[];
  /** The one that is being made of its live frames. */
  now: RecordingNow | null;
}

/** Mirrors what the host holds, by unit, so that every part of a page shows the same. */
const useStore = create<Readonly<Record<string, UnitRecordings>>>(() => ({}));

async function fetchRecordings(host: HostClient, unit: string): Promise<void> {
  const [list, now] = await Promise.all([
    host.call('recordings.list', { unit }),
    host.call('recordings.now', { unit }),
  ]);
  useStore.setState({ [unit]: { list: list.toSorted((a, b) => b.at - a.at), now } });
}

/** The unit's recordings; null until the host has answered. */
export function useRecordings(unit: string): {
  recordings: readonly RecordingFacts[] | null;
  now: RecordingNow | null;
  failure: FailureRecord | null;
  /** Asks the host again; resolves when its answer is here. */
  refresh: () => Promise<void>;
} {
  const host = useHost();
  const link = useDesk((desk) => desk.link);
  const known = useStore((units) => units[unit]);
  const [failure, setFailure] = useState<FailureRecord | null>(null);
  const refresh = useCallback(
    () =>
      fetchRecordings(host, unit).then(
        () => setFailure(null),
        (thrown: unknown) => setFailure(Failure.from(thrown).toJSON()),
      ),
    [host, unit],
  );
  useEffect(() => {
    if (link !== 'up') return;
    void refresh();
    const leave = [
      host.on('recordings.changed', () => void refresh()),
      host.on('recordings.progress', (now) => {
        if (now.unit === unit)
          useStore.setState((units) => ({ [unit]: { list: units[unit]?.list ?? [], now } }));
      }),
    ];
    return () => {
      for (const stop of leave) stop();
    };
  }, [host, link, refresh, unit]);
  return { recordings: known?.list ?? null, now: known?.now ?? null, failure, refresh };
}
