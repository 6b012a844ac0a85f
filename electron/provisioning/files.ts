import { createHash } from 'node:crypto';
import { Failure } from '../../shared/contract/failure.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { UnitFile } from '../drivers/driver.ts';

/** Inside of a slot. */
export const CONFIG_PATH = '/config.json';
export const CALIBRATION_PATH = '/plumbline/calibration.json';
export const RULES_PATH = '/plumbline/rules.json';

export function unitFile(path: string, bytes: Uint8Array): UnitFile {
  return { path, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export const jsonFile = (path: string, value: unknown): UnitFile =>
  unitFile(path, new TextEncoder().encode(JSON.stringify(value)));

/** The calibration of an ideal sensor, for a unit that was never calibrated. */
export function nominalCalibrationFile(profile: Profile): UnitFile {
  const channels = profile.channels.map(({ id, nominal }) => [id, [nominal.mul, nominal.add, nominal.shift]]);
  return jsonFile(CALIBRATION_PATH, { v: 1, version: 1, channels: Object.fromEntries(channels) });
}

/** Whether a calibration file read from a unit serves every channel of the profile, so that it must be kept. */
export function servesProfile(bytes: Uint8Array, profile: Profile): boolean {
  const channels = readObject(bytes)?.channels;
  if (typeof channels !== 'object' || channels === null) return false;
  return profile.channels.every(({ id }) => {
    const line: unknown = Reflect.get(channels, id);
    return Array.isArray(line) && line.length === 3 && line.every((part) => Number.isSafeInteger(part));
  });
}

/** Version number that a unit's JSON file carries; 0 where there is none. */
export function fileVersion(bytes: Uint8Array | null): number {
  const version = bytes && readObject(bytes)?.version;
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 0 ? version : 0;
}

/** What a unit holds is untrusted: anything but a JSON object is as good as no file. */
export function readObject(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

export function profileOf(profiles: ReadonlyMap<string, Profile>, id: string): Profile {
  const profile = profiles.get(id);
  if (!profile) throw new Failure('NOT_FOUND', { thing: 'device profile', id });
  return profile;
}
