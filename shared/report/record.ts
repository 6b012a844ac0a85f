export { buildRecord, type RecordInput } from './build-record.ts';
export {
  type CalibrationRecord,
  JobRecord,
  type Outcome,
  type ProvisioningRecord,
  type RecordChannel,
  recordText,
  type ValidationRecord,
} from './schema.ts';
