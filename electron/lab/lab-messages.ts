import type { FailureRecord } from '../../shared/contract/failure.ts';
import type { RecordingFile } from '../recordings/recordings.ts';
import type { CallParams, Given, LabCall } from './lab-calls.ts';

/** A recording by its file; what is asked of it is in the numbers of these channels. */
export interface LabSource extends Omit<Given, 'recording'> {
  file: RecordingFile;
}

/** To the lab's thread. */
export interface LabRequest {
  id: number;
  source: LabSource;
  call: LabCall;
  params: CallParams<LabCall>;
}

/** From it. */
export type LabReply = { id: number; result: unknown } | { id: number; failure: FailureRecord };
