import { createHash } from 'node:crypto';
import { type ConfigurationFiles, noFiles } from '../../../shared/configuration/configuration.ts';
import { Snapshot } from '../../../shared/contract/configuration.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { canonical } from '../../store/canonical-json.ts';

/** A snapshot as a file: one line of canonical JSON, so that the same snapshot is the same bytes. */
export const snapshotText = (snapshot: Snapshot): string => `${canonical(snapshot)}\n`;

/** A snapshot that came as a file; every file in it must be the one whose hash it bears. FILE_UNREADABLE. */
export function readSnapshot(text: string, path: string): Snapshot {
  const parsed = Snapshot.safeParse(jsonOf(text, path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const detail = `it is no snapshot: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not valid'}`;
    throw new Failure('FILE_UNREADABLE', { path, detail: detail.slice(0, 300) });
  }
  const altered = parsed.data.files.find(({ base64, sha256 }) => hashOf(bytesOf(base64)) !== sha256);
  if (altered) {
    throw new Failure('FILE_UNREADABLE', {
      path,
      detail: `its ${altered.name} is not what was read from the unit`,
    });
  }
  if (new Set(parsed.data.files.map(({ name }) => name)).size < parsed.data.files.length) {
    throw new Failure('FILE_UNREADABLE', { path, detail: 'it has a file twice' });
  }
  return parsed.data;
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure('FILE_UNREADABLE', { path, detail: 'it is no snapshot: not JSON' }, { cause });
  }
}

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The bytes that a snapshot holds, ready to be compared. */
export const filesIn = ({ files, secrets }: Snapshot): ConfigurationFiles => ({
  ...noFiles,
  files: new Map(files.map(({ name, base64 }) => [name, bytesOf(base64)])),
  secrets,
});
