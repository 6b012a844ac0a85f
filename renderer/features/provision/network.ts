import type { NetworkCandidate } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { HostClient } from '../common/host.ts';

/** Has the host look at the network for as long as the screen is up; a machine without a network shows none. */
export function watchNetwork(
  host: HostClient,
  onCandidates: (candidates: readonly NetworkCandidate[]) => void,
): () => void {
  let left = false;
  const show = (candidates: readonly NetworkCandidate[]): void => {
    if (!left) onCandidates(candidates);
  };
  // Nothing depends on these hints: where they cannot be had, the screen does without.
  const quietly = (thrown: unknown): void => console.debug(Failure.from(thrown).message);
  const forget = host.on('network.changed', show);
  host
    .call('network.watch', { on: true })
    .then(() => host.call('network.list', {}))
    .then(show)
    .catch(quietly);
  return () => {
    left = true;
    forget();
    host.call('network.watch', { on: false }).catch(quietly);
  };
}
