import { createContext, useContext } from 'react';
import type { EventName, EventPayload, Method, Params, Result } from '../../../shared/contract/contract.ts';

/** How the connection to the host stands. */
export type Link = 'connecting' | 'up' | 'lost';

/** The host as every screen sees it, over whichever door. */
export interface HostClient {
  /** Rejects with a `Failure` of the contract; INTERRUPTED where the connection ended before the answer. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Live frames, as they came. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  onLink(listener: (link: Link) => void): () => void;
  readonly link: Link;
}

const HostContext = createContext<HostClient | null>(null);
export const HostProvider = HostContext.Provider;

export function useHost(): HostClient {
  const host = useContext(HostContext);
  if (host === null) throw new Error('useHost outside of HostProvider');
  return host;
}
