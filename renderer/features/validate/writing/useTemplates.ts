import { useEffect, useState } from 'react';
import type { FailureRecord } from '../../../../shared/contract/failure.ts';
import { Failure } from '../../../../shared/contract/failure.ts';
import type { DeadBands, Template } from '../../../../shared/contract/rule-template.ts';
import type { HostClient } from '../../common/host.ts';
import { useHost } from '../../common/host.ts';

export interface Templates {
  templates: readonly Template[];
  deadBands: DeadBands;
}

/** They are files of the app: what a host has said once holds for as long as it lives. */
const answered = new WeakMap<HostClient, Templates>();

/** Kinds of rules and where they begin; null until the host has answered. */
export function useTemplates(): { library: Templates | null; failure: FailureRecord | null } {
  const host = useHost();
  const [library, setLibrary] = useState<Templates | null>(answered.get(host) ?? null);
  const [failure, setFailure] = useState<FailureRecord | null>(null);
  useEffect(() => {
    if (answered.has(host)) return;
    let gone = false;
    host.call('lab.templates', {}).then(
      (answer) => {
        answered.set(host, answer);
        if (!gone) setLibrary(answer);
      },
      (thrown: unknown) => {
        if (!gone) setFailure(Failure.from(thrown).toJSON());
      },
    );
    return () => {
      gone = true;
    };
  }, [host]);
  return { library, failure };
}
