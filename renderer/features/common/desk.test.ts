import { describe, expect, it } from 'vitest';
import { channelPair } from '../../../shared/contract/channel.ts';
import type { EventName, EventPayload } from '../../../shared/contract/contract.ts';
import { newValidate } from '../../../shared/wizard/validate.ts';
import { askWizard, mirrorHost, useDesk } from './desk.ts';
import type { HostClient } from './host.ts';

/** A host that only tells events, as a test bids it. */
function teller(): {
  host: HostClient;
  tell: <E extends EventName>(event: E, payload: EventPayload<E>) => void;
} {
  const listeners = new Map<string, (payload: never) => void>();
  const host: HostClient = {
    link: 'connecting',
    call: () => Promise.reject(new Error('not asked here')),
    on: (event, listener) => {
      listeners.set(event, listener as (payload: never) => void);
      return () => listeners.delete(event);
    },
    onBytes: () => () => undefined,
    onLink: () => () => undefined,
  };
  return { host, tell: (event, payload) => listeners.get(event)?.(payload as never) };
}

describe('the mirror of the host', () => {
  const old = newValidate('w1', 'abcd', 'bench:1');
  const newer = { ...old, step: 'push' as const };

  it('keeps the answer where nothing newer was told', async () => {
    await askWizard('w1', () => Promise.resolve(old));
    expect(useDesk.getState().wizards.w1).toEqual(old);
  });

  it('does not let a late answer overwrite what was told meanwhile', async () => {
    const { host, tell } = teller();
    mirrorHost(host);
    const [near, far] = channelPair();
    const answer = new Promise<typeof old>((resolve) => near.onMessage(() => resolve(old)));
    const asked = askWizard('w1', () => answer);
    tell('wizard.changed', newer);
    far.post('answer');
    await asked;
    expect(useDesk.getState().wizards.w1).toEqual(newer);
  });
});
