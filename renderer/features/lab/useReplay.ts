import { useState } from 'react';
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

/** What the draft does over the data, again after each change of either; nothing while nobody looks. */
export function useReplay(unit: string, { rules, data }: Lab, isSeen: boolean): Replay {
  const host = useHost();
  const key = !isSeen || data === null || rules.length === 0 ? null : JSON.stringify([rules, data]);
  const [last, setLast] = useState<{ of: string; replayed: Replayed } | null>(null);
  const { answer, of, running, failure } = useNewest(
    data === null || key === null
      ? null
      : {
          key,
          ask: async () => {
            const told = await host.call('lab.replay', { unit, rules: [...rules], data });
            if ('rules' in told) setLast({ of: key, replayed: told });
            return told;
          },
        },
  );
  const mistakes = answer !== null && 'mistakes' in answer && of === key ? answer.mistakes : [];
  return {
    replayed: key === null ? null : (last?.replayed ?? null),
    isPresent: last !== null && last.of === key,
    mistakes,
    running,
    failure,
  };
}
