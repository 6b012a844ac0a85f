import type { Logger } from 'pino';

export interface HostOptions {
  /** Attach the simulated bench. */
  bench: boolean;
  /** Boards of the bench; 2 unless given. */
  benchBoards?: number;
  /** Where the bench's boards keep their files; omitted: in memory. */
  benchFiles?: string;
  /** How much faster than the clock the bench's physics run. */
  benchTimeFactor?: number;
  /** The project file; made where there is none. */
  jobPath: string;
  /** The `resources` folder: agent, profiles, recipes, fonts. */
  resources: string;
  door: 'window' | 'browser' | 'terminal';
  version: string;
  log: Logger;
}
