import { type RefObject, useRef, useState } from 'react';
import type { SecretRef } from '../../../shared/contract/connection.ts';
import { useHost } from '../common/host.ts';
import { type Call, useCall } from '../common/useCall.ts';
import { type SecretRefs, type SecretSlot, secretSlots } from './connectionDraft.ts';

export interface SecretEntry {
  inputs: Record<SecretSlot, RefObject<HTMLInputElement | null>>;
  /** Fields in which something stands that the host does not have yet. */
  entered: readonly SecretSlot[];
  typed: (slot: SecretSlot, isThere: boolean) => void;
  /** Hands what stands in the field to the host and empties the field; what is pressed meanwhile is not lost. */
  leave: (slot: SecretSlot) => void;
  /** Hands over what still stands in any field; resolves with the names when the host has all of it. */
  settle: () => Promise<Partial<SecretRefs>>;
  /** Of a field that was left. */
  leaving: Call;
  /** Of the form that is sent. */
  sending: Call;
}

/**
 * Secrets on their way from a password field to the host. They pass through here once, in a variable; no state, no
 * address and no storage of the page ever holds one.
 */
export function useSecretEntry(
  label: (slot: SecretSlot) => string,
  onKept: (slot: SecretSlot, ref: SecretRef) => void,
): SecretEntry {
  const host = useHost();
  const leaving = useCall();
  const sending = useCall();
  const inputs = {
    wifi: useRef<HTMLInputElement>(null),
    unit: useRef<HTMLInputElement>(null),
    watcher: useRef<HTMLInputElement>(null),
  };
  const underway = useRef(new Map<SecretSlot, Promise<SecretRef>>());
  const [entered, setEntered] = useState<readonly SecretSlot[]>([]);
  const typed = (slot: SecretSlot, isThere: boolean) =>
    setEntered((before) => [...before.filter((other) => other !== slot), ...(isThere ? [slot] : [])]);

  const hand = async (slot: SecretSlot): Promise<Partial<SecretRefs>> => {
    const input = inputs[slot].current;
    if (input !== null && input.value !== '') {
      underway.current.set(slot, host.call('secrets.put', { label: label(slot), value: input.value }));
      input.value = '';
    }
    const sent = underway.current.get(slot);
    if (sent === undefined) return {};
    try {
      const ref = await sent;
      onKept(slot, ref);
      return { [slot]: ref };
    } finally {
      underway.current.delete(slot);
      typed(slot, (inputs[slot].current?.value ?? '') !== '');
    }
  };
  const settle = async () => Object.assign({}, ...(await Promise.all(secretSlots.map(hand))));
  const leave = (slot: SecretSlot) => leaving.run(async () => void (await hand(slot)));
  return { inputs, entered, typed, leave, settle, leaving, sending };
}
