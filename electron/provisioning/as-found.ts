import { createHash } from 'node:crypto';
import type { ConfigurationFile, SnapshotFacts } from '../../shared/contract/configuration.ts';
import { Snapshot } from '../../shared/contract/configuration.ts';
import type { UnitIdentity } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { SlotName } from '../../shared/contract/provision.ts';
import type { UnitSession, UnitSoftware } from '../drivers/driver.ts';
import { canonical } from '../store/canonical-json.ts';
import type { JobStore } from '../store/job-store.ts';
import { CALIBRATION_PATH, CONFIG_PATH, RULES_PATH } from './files.ts';

/** What a snapshot takes of one file, as base64. */
const largestFile = 48 * 1024;

/** What a board starts by itself (MicroPython boot.py and main.py, CircuitPython code.py). */
const startedByBoard = ['/main.py', '/boot.py', '/code.py'] as const;

const secretNames = ['secret.json', 'key.pem'] as const;

export const hashOfSnapshot = (snapshot: Snapshot): string =>
  createHash('sha256').update(canonical(snapshot, 'snapshot')).digest('hex');

/** Where a unit keeps a file of its configuration, with this slot in force. */
export function configurationPath(name: ConfigurationFile, active: SlotName | null): string | null {
  if (name === 'calibration.json') return CALIBRATION_PATH;
  if (name === 'rules.json') return RULES_PATH;
  return active === null ? null : `/${active}${CONFIG_PATH}`;
}

/** Reads a unit's configuration byte for byte; of its secrets only that they are there. */
export async function takeSnapshot(
  session: Pick<UnitSession, 'port' | 'read'>,
  software: UnitSoftware,
  unit: UnitIdentity,
  options: { signal: AbortSignal },
): Promise<Snapshot> {
  const { active } = software;
  const files: Snapshot['files'] = [];
  for (const name of ['config.json', 'calibration.json', 'rules.json'] as const) {
    const path = configurationPath(name, active);
    if (path === null) continue;
    const bytes = await session.read(path, { expected: unit.hardwareId, ...options });
    if (bytes === null) continue;
    if (bytes.length > largestFile) {
      const detail = `${path} has ${bytes.length} bytes, more than any configuration has`;
      throw new Failure('REPLY_UNREADABLE', {
        port: session.port,
        during: 'reading what the unit holds',
        detail,
      });
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ name, path, sha256, base64: Buffer.from(bytes).toString('base64') });
  }
  const held = active === null ? null : software.slots[active];
  const listed = held === null ? '' : new TextDecoder().decode(held.text);
  return {
    format: 'plumbline-snapshot-1',
    unit,
    at: Date.now(),
    software: held?.manifest ?? null,
    files,
    ...(active === null ? await foreignPrograms(session, unit.hardwareId, options.signal) : {}),
    secrets: secretNames.filter((name) => listed.includes(`"/${name}"`)),
  };
}

/** A unit without slots runs somebody else's programs, or none. */
async function foreignPrograms(
  session: Pick<UnitSession, 'read'>,
  expected: string,
  signal: AbortSignal,
): Promise<Pick<Snapshot, 'programs'>> {
  const programs: NonNullable<Snapshot['programs']> = [];
  for (const path of startedByBoard) {
    const bytes = await session.read(path, { expected, signal });
    if (bytes === null) continue;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const base64 = bytes.length > largestFile ? null : Buffer.from(bytes).toString('base64');
    programs.push({ path, size: bytes.length, sha256, base64 });
  }
  return programs.length === 0 ? {} : { programs };
}

export const factsOf = (snapshot: Snapshot): SnapshotFacts => ({
  sha256: hashOfSnapshot(snapshot),
  unit: snapshot.unit.hardwareId,
  at: snapshot.at,
  files: snapshot.files.map(({ name, path, sha256, base64 }) => ({
    name,
    path,
    sha256,
    size: Buffer.byteLength(base64, 'base64'),
  })),
});

export const bytesIn = (snapshot: Snapshot | null, name: ConfigurationFile): Uint8Array | null => {
  const file = snapshot?.files.find((each) => each.name === name);
  return file === undefined ? null : Buffer.from(file.base64, 'base64');
};

const eventKind = 'unit.snapshot';

/** Into the record, whole: what was there before anything was written can be restored from it. */
export const keepSnapshot = (store: JobStore, snapshot: Snapshot): void =>
  void store.append({ kind: eventKind, subject: snapshot.unit.hardwareId, body: snapshot });

/** The snapshot that was kept under this hash. @throws Failure NOT_FOUND */
export function keptSnapshot(store: JobStore, sha256: string, unit: string): Snapshot {
  for (const event of store.events({ kind: eventKind, subject: unit })) {
    const parsed = Snapshot.safeParse(event.body);
    if (parsed.success && hashOfSnapshot(parsed.data) === sha256) return parsed.data;
  }
  throw new Failure('NOT_FOUND', { thing: 'snapshot', id: sha256.slice(0, 8) });
}

/** Null where the unit was never read in this job. */
export function latestSnapshot(store: JobStore, unit: string): Snapshot | null {
  let latest: Snapshot | null = null;
  for (const event of store.events({ kind: eventKind, subject: unit })) {
    const parsed = Snapshot.safeParse(event.body);
    if (parsed.success) latest = parsed.data;
  }
  return latest;
}
