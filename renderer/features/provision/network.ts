import { z } from 'zod';
import type { EventName } from '../../../shared/contract/contract.ts';
import { NetworkCandidate } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { ask } from '../common/ask.ts';
import type { HostClient } from '../common/host.ts';

const Candidates = z.array(NetworkCandidate);

/** Has the host look at the network for as long as the screen is up; a machine without a network shows none. */
export function watchNetwork(
  host: HostClient,
  onCandidates: (candidates: readonly NetworkCandidate[]) => void,
): () => void {
  let left = false;
  const show = (list: unknown): void => {
    const candidates = Candidates.safeParse(list);
    if (!left && candidates.success) onCandidates(candidates.data);
  };
  // Nothing depends on these hints: where they cannot be had, the screen does without.
  const quietly = (thrown: unknown): void => console.debug(Failure.from(thrown).message);
  const forget = host.on('network.changed' as EventName, show);
  ask(host, 'network.watch', { on: true }, z.unknown())
    .then(() => ask(host, 'network.list', {}, Candidates))
    .then(show)
    .catch(quietly);
  return () => {
    left = true;
    forget();
    ask(host, 'network.watch', { on: false }, z.unknown()).catch(quietly);
  };
}
