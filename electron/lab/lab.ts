import type { RecordingFacts } from '../../shared/contract/recordings.ts';
import type { JobStore } from '../store/job-store.ts';
import { Exports } from './exports.ts';
import { LabThread } from './lab-thread.ts';
import { Recorders, type RecorderTools } from './recorders.ts';
import { Shelf } from './shelf.ts';
import { Uploads } from './uploads.ts';

export { fileNameOf } from './exports.ts';
export type { LabSource } from './lab-messages.ts';
export { type LabTaskTools, labTasks } from './lab-tasks.ts';
export type { Shelf } from './shelf.ts';
export { lookInto, takeIn } from './take-in.ts';
export { loadTemplates } from './templates.ts';

export interface LabTools extends Omit<RecorderTools, 'shelf'> {
  store: JobStore;
  changed: (recordings: RecordingFacts[]) => void;
}

/** What the rule lab of a job consists of. */
export interface Lab {
  readonly shelf: Shelf;
  /** Live recordings under way. */
  readonly recorders: Recorders;
  readonly uploads: Uploads;
  readonly exports: Exports;
  readonly thread: LabThread;
  /** Aborted when the app ends: what reads or writes a file stops. */
  readonly ending: AbortSignal;
  close(): Promise<void>;
}

/** Recordings are in the record of the job; `changed` hears of all of them when one was added. */
export function openLab({ store, changed, ...tools }: LabTools): Lab {
  const ending = new AbortController();
  const [uploads, exports, thread] = [new Uploads(), new Exports(), new LabThread()];
  const shelf = new Shelf(store, changed);
  const recorders = new Recorders({ ...tools, shelf });
  return {
    shelf,
    recorders,
    uploads,
    exports,
    thread,
    ending: ending.signal,
    close: async () => {
      await recorders.close();
      ending.abort();
      await Promise.all([thread.close(), uploads.close(), exports.close()]);
    },
  };
}
