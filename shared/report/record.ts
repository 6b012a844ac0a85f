export { buildRecord, type RecordInput } from './build-record.ts';
export type { Outcome } from './outcome.ts';
export {
  type CalibrationRecord,
  JobRecord,
  type ProvisioningRecord,
  type RecordChannel,
  recordText,
  type Scope,
  wholeScope,
} from './schema.ts';
export { recordingsOf } from './validation-record.ts';
export type {
  CoverageRecord,
  EvidenceRecord,
  KeptTestRecord,
  RuleRecord,
  RunRecord,
  ValidationRecord,
} from './validation-schema.ts';
