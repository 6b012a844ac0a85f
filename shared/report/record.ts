export { buildRecord, type RecordInput } from './build-record.ts';
export {
  type CalibrationRecord,
  JobRecord,
  type Outcome,
  type ProvisioningRecord,
  type RecordChannel,
  recordText,
  type Scope,
  type ValidationRecord,
  wholeScope,
} from './schema.ts';
