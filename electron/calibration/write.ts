import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { LineFit, WrittenCalibration } from '../../shared/contract/calibrate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { AgentLink } from '../drivers/driver.ts';
import { CALIBRATION_PATH, withChannel } from './calibration-file.ts';

/**
 * Writes the fit of one channel to the unit, where it is in force at once, and reads the file back byte for byte.
 * Fails with FILE_UNREADABLE (unit unchanged), VERIFY_FAILED (indeterminate), or what the link fails with.
 */
export async function writeCalibration(
  link: Pick<AgentLink, 'get' | 'put'>,
  { channel, fit }: { channel: string; fit: Pick<LineFit, 'mul' | 'add' | 'shift'> },
): Promise<z.infer<typeof WrittenCalibration>> {
  const { bytes, version } = withChannel(await link.get('calibration'), channel, fit);
  const sha256 = hash(bytes);
  const commit = await link.put('calibration', bytes);
  refuseOther(sha256, commit.sha256);
  const held = await link.get('calibration').catch((thrown: unknown) => {
    throw Failure.from(thrown).leaving('indeterminate');
  });
  const readBack = held ? hash(held) : 'nothing';
  refuseOther(sha256, readBack);
  return { sha256, readBack, version };
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function refuseOther(expected: string, found: string): void {
  if (found === expected) return;
  const params = { path: CALIBRATION_PATH, expected, found };
  throw new Failure('VERIFY_FAILED', params, { deviceState: 'indeterminate' });
}
