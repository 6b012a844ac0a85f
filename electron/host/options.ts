import type { Logger } from 'pino';
import type { Redactor, SecretStore, VaultOptions } from '../secrets/secrets.ts';

export interface HostOptions {
  /** Attach the simulated bench. */
  bench: boolean;
  /** Boards of the bench; 2 unless given. */
  benchBoards?: number;
  /** Where the bench's boards keep their files; omitted: in memory. */
  benchFiles?: string;
  /** How much faster than the clock the bench's physics run. */
  benchTimeFactor?: number;
  /** How long work waits for a unit whose cable was pulled; 20 s unless given. */
  unitReturnMs?: number;
  /** The project file; made where there is none. */
  jobPath: string;
  /** Keeps the project's secrets over the next start; omitted: they are forgotten when the host closes. */
  secretStore?: SecretStore;
  /** Learns every secret, and takes it out of what is logged; omitted: the host has one of its own. */
  redactor?: Redactor;
  /** Looks up secrets by `env:` and `file:` names; only the terminal, whose user may read them anyway, gives it. */
  outsideSecrets?: NonNullable<VaultOptions['outside']>;
  /** The `resources` folder: agent, profiles, recipes, fonts. */
  resources: string;
  /** The built page that verifies dossiers; omitted: in `out` beside `resources`. */
  verifier?: string;
  door: 'window' | 'browser' | 'terminal';
  version: string;
  log: Logger;
}
