import { useCallback, useEffect } from 'react';
import type { FailureRecord } from '../../../shared/contract/failure.ts';
import type { WizardIntent, WizardKind, WizardState } from '../../../shared/contract/job.ts';
import { askWizard, useDesk } from './desk.ts';
import { useHost } from './host.ts';
import { useCall } from './useCall.ts';

type StateOf<K extends WizardKind> = Extract<WizardState, { kind: K }>;
type IntentOf<K extends WizardKind> = Extract<WizardIntent, { kind: K }>['intent'];

export interface WizardHandle<K extends WizardKind> {
  state: StateOf<K> | null;
  /** Sends an intent; the answer comes back as the new state. */
  act: (intent: IntentOf<K>) => void;
  sending: boolean;
  /** Why the last intent was refused, if it was. */
  refused: FailureRecord | null;
}

/** A wizard of the host, by its id. The page holds no state of it, so it may go and come back at any moment. */
export function useWizard<K extends WizardKind>(kind: K, id: string): WizardHandle<K> {
  const host = useHost();
  const { run, running, failure } = useCall();
  const link = useDesk((desk) => desk.link);
  const known = useDesk((desk) => desk.wizards[id]);
  useEffect(() => {
    if (link === 'up') run(() => askWizard(id, () => host.call('wizard.get', { id })));
  }, [host, id, link, run]);
  const act = useCallback(
    (intent: IntentOf<K>) => {
      const action = { kind, intent } as WizardIntent;
      run(() => askWizard(id, () => host.call('wizard.act', { id, action })));
    },
    [host, id, kind, run],
  );
  const state = known?.kind === kind ? (known as StateOf<K>) : null;
  return { state, act, sending: running, refused: failure };
}
