import { Failure } from '../../shared/contract/failure.ts';
import type { WizardIntent, WizardState } from '../../shared/contract/job.ts';
import type { Desk } from './desk.ts';

/** Acts, waits until the task that this started has ended, and throws what it failed with. Stopped with the signal. */
export async function actAndWait<S extends WizardState>(
  { desk, signal }: { desk: Desk; signal: AbortSignal },
  wizard: S,
  intent: Extract<WizardIntent, { kind: S['kind'] }>['intent'],
): Promise<S> {
  signal.throwIfAborted();
  desk.act(wizard.id, { kind: wizard.kind, intent } as WizardIntent);
  const stop = (): void => {
    if (desk.get(wizard.id).task) desk.act(wizard.id, { kind: wizard.kind, intent: { type: 'stop' } });
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const state = (await desk.settled(wizard.id)) as S;
    if (state.failure) throw Failure.fromJSON(state.failure);
    return state;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
