import { useEffect, useState } from 'react';
import type { FailureRecord } from '../../../shared/contract/failure.ts';
import type { Replayed } from '../../../shared/contract/lab-methods.ts';
import type { Mistake } from '../../../shared/contract/mistake.ts';
import { useHost } from '../common/host.ts';
import type { Lab } from './useLab.ts';
import { useNewest } from './useNewest.ts';

export interface Replay {
  /** The newest that the compiler let pass; null: none yet. */
  replayed: Replayed | null;
  /** It is of the rules and data as they stand here now. */
  isPresent: boolean;
  /** What the compiler says against the rules as they stand here now. */
  mistakes: readonly Mistake[];
  running: boolean;
  failure: FailureRecord | null;
}

/** What the draft does over the data, again after each change of either. */
export function useReplay(unit: string, { rules, data }: Lab): Replay {
  const host = useHost();
  const key = data === null || rules.length === 0 ? null : JSON.stringify([rules, data]);
  const { answer, of, running, failure } = useNewest(
    data === null || key === null
      ? null
      : { key, ask: () => host.call('lab.replay', { unit, rules: [...rules], data }) },
  );
  const [last, setLast] = useState<{ of: string; replayed: Replayed } | null>(null);
  useEffect(() => {
    if (answer !== null && of !== null && 'rules' in answer) setLast({ of, replayed: answer });
  }, [answer, of]);
  const mistakes = answer !== null && 'mistakes' in answer && of === key ? answer.mistakes : [];
  const present = answer !== null && 'rules' in answer ? { of, replayed: answer } : last;
  return {
    replayed: key === null ? null : (present?.replayed ?? null),
    isPresent: present !== null && present.of === key,
    mistakes,
    running,
    failure,
  };
}
