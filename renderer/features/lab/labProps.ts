import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import type { ValidateIntent, ValidateState } from '../../../shared/contract/validate.ts';
import type { Extent } from './scale.ts';
import type { Lab } from './useLab.ts';
import type { Replay } from './useReplay.ts';

/** What every view of the lab is given. */
export interface LabProps {
  state: ValidateState;
  act: (intent: ValidateIntent) => void;
  /** Why nothing can be started now, in words; null where it can. */
  blocked: string | null;
  lab: Lab;
  channels: readonly ProfileChannel[];
  /** The recording in use; null: none is chosen. */
  facts: RecordingFacts | null;
  /** What each channel of it holds, as far as it was seen. */
  extents: Readonly<Record<string, Extent>>;
  replay: Replay;
}
