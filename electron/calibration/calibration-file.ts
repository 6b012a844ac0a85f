import { z } from 'zod';
import { Failure } from '../../shared/contract/failure.ts';
import type { IntegerLine } from '../../shared/contract/profile.ts';

export const CALIBRATION_PATH = '/plumbline/calibration.json';

/** What the agent reads: channel -> [mul, add, shift]. Other members are kept as they are. */
const CalibrationFile = z.looseObject({
  v: z.literal(1),
  version: z.number().int().nonnegative(),
  channels: z.record(z.string(), z.tuple([z.number().int(), z.number().int(), z.number().int()])),
});

export interface ChangedFile {
  bytes: Uint8Array;
  version: number;
}

/**
 * The unit's calibration file with the line of one channel replaced and the version counted up: compact JSON, all
 * else in the order in which it was. A unit without the file gets one with this channel alone.
 * Fails with FILE_UNREADABLE where what the unit holds is not a calibration file.
 */
export function withChannel(held: Uint8Array | null, channel: string, line: IntegerLine): ChangedFile {
  const file = held === null ? { v: 1, version: 0, channels: {} } : read(held);
  const version = file.version + 1;
  const channels = { ...file.channels, [channel]: [line.mul, line.add, line.shift] };
  return { bytes: new TextEncoder().encode(JSON.stringify({ ...file, version, channels })), version };
}

/** The line that a channel has in the unit's calibration file; null where it has none. Fails as `withChannel` does. */
export function lineIn(held: Uint8Array | null, channel: string): IntegerLine | null {
  const channels = held === null ? {} : CalibrationFile.parse(read(held)).channels;
  const found = Object.hasOwn(channels, channel) ? channels[channel] : undefined;
  return found ? { mul: found[0], add: found[1], shift: found[2] } : null;
}

/** The file's own object, so that its order stays; the schema only judges it. */
function read(bytes: Uint8Array): { version: number; channels: object } {
  try {
    const value: { version: number; channels: object } = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    );
    CalibrationFile.parse(value);
    return value;
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message.slice(0, 200) : String(thrown);
    throw new Failure('FILE_UNREADABLE', { path: CALIBRATION_PATH, detail }, { cause: thrown });
  }
}
