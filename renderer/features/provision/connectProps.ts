import type { ConnectionDraft, ConnectionProblem } from './connectionDraft.ts';
import type { SecretEntry } from './useSecretEntry.ts';

/** What every part of the connection's form gets. */
export interface ConnectProps {
  draft: ConnectionDraft;
  onChange: (draft: ConnectionDraft) => void;
  secrets: SecretEntry;
  /** The first field that is not right yet. */
  problem: ConnectionProblem | null;
  /** The unit is on the simulated bench, whose broker can be used. */
  onBench: boolean;
}
