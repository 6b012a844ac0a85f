// A unit's configuration: read, kept as a file, put back and read back.
export {
  demandIdentical,
  type RestoreOrder,
  type RestoreOutcome,
  type RestoreTools,
  restore,
} from './restore.ts';
export { filesIn, readSnapshot, snapshotText } from './snapshot-file.ts';
