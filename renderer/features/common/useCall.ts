import { useCallback, useState } from 'react';
import { Failure, type FailureRecord } from '../../../shared/contract/failure.ts';

export interface Call {
  run: (work: () => Promise<void>) => void;
  running: boolean;
  failure: FailureRecord | null;
}

/** Runs a request of a button: one at a time, its failure kept to be shown as a card. */
export function useCall(): Call {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<FailureRecord | null>(null);
  const run = useCallback((work: () => Promise<void>) => {
    setRunning(true);
    setFailure(null);
    work()
      .catch((thrown: unknown) => setFailure(Failure.from(thrown).toJSON()))
      .finally(() => setRunning(false));
  }, []);
  return { run, running, failure };
}
