import type { ProfileChannel } from '../../shared/contract/profile.ts';
import type { RecordedFrame } from '../../shared/rules/rules.ts';
import { frameLines } from './frame-lines.ts';

/** Frames block by block, and what is to be said of them once they are read. */
export interface RecordedFrames {
  blocks: AsyncIterable<RecordedFrame[]>;
  notes: () => string[];
}

/** The frames of a file, whatever its form. */
export async function recordedFrames(
  path: string,
  _channels: readonly ProfileChannel[],
  signal?: AbortSignal,
): Promise<RecordedFrames> {
  return { blocks: frameLines(path, signal), notes: () => [] };
}
