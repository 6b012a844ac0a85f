import {
  type ConfigurationFiles,
  difference,
  noFiles,
  sameBytes,
} from '../../../shared/configuration/configuration.ts';
import type { DifferenceLine, Snapshot } from '../../../shared/contract/configuration.ts';
import type { UnitIdentity } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { PushJournal, SlotName } from '../../../shared/contract/provision.ts';
import type { Connections } from '../../drivers/connections.ts';
import type { AgentFileName, AgentLink, SlotImage } from '../../drivers/driver.ts';
import type { JobStore } from '../../store/job-store.ts';
import { hashOfSnapshot, keepSnapshot, takeSnapshot } from '../as-found.ts';
import { onTrial, type Place, startConfig, withConfig } from './push-config.ts';
import { filesIn } from './snapshot-file.ts';

export interface RestoreTools {
  connections: Connections;
  /** Keeps what was found, and each step before it is done. Null: there is no project. */
  store: JobStore | null;
}

export interface RestoreOrder {
  snapshot: Snapshot;
  port: string;
  /** As the unit on the port just said. */
  unit: UnitIdentity;
  /** The unit takes the place of the one that the snapshot is of: it keeps its own calibration. */
  ontoReplacement: boolean;
  /** Keeps what was found where there is no project; nothing is written before it has. */
  keep: (found: Snapshot) => Promise<void>;
  signal: AbortSignal;
}

export interface RestoreOutcome {
  snapshot: string;
  unit: string;
  /** The unit holds every byte that it was to get. Only ever true when that was read back. */
  identical: boolean;
  /** What did not take: as found is what the unit holds now, to be what it was to get. */
  lines: DifferenceLine[];
  /** What differed before anything was written. */
  before: DifferenceLine[];
  /** Files that stay the unit's own: a calibration belongs to the unit that was calibrated. */
  notTransferable: string[];
  /** Of files with secrets a snapshot holds nothing: these the unit had then and has not now. */
  secretsMissing: string[];
  /** Why something did not take, where the unit or the push said so. */
  reasons: string[];
}

/**
 * Puts a configuration back and reads it back. What the unit held is kept in the record first. Another unit than the
 * snapshot's is WRONG_UNIT, unless it is to take that unit's place.
 */
export async function restore(tools: RestoreTools, order: RestoreOrder): Promise<RestoreOutcome> {
  const { connections, store } = tools;
  const { snapshot, port, unit, signal } = order;
  const place: Place = { port, expected: unit.hardwareId, signal };
  const transferred = demandUnit(order);
  const session = await connections.session(port, place.expected, signal);
  const held = await session.software(place);
  const found = await takeSnapshot(session, held, unit, { signal });
  if (store) keepSnapshot(store, found);
  else await order.keep(found);
  const wanted = wantedOn(unit.hardwareId, snapshot, transferred);
  const before = compared(filesIn(found), wanted, transferred);
  const reasons: string[] = [];
  const config = wanted.get('config.json');
  const differs = config !== undefined && !sameBytes(config, filesIn(found).files.get('config.json'));
  const anew = config && (differs || held.bootsLeft !== null);
  const image = anew ? await withConfig(session, held, config, place) : null;
  const left = onTrial(held, image);
  if (image) {
    await collecting(reasons, ['NOT_CONFIRMED'], () => putConfig(tools, { image, left, snapshot }, place));
  }
  const link = await connections.agent(port, place.expected, signal);
  // Rules and calibration belong to their configuration: where that did not take, they stay as they are, too.
  if (reasons.length === 0) await putFiles(link, wanted, reasons);
  const lines = compared(await heldBy(link), wanted, transferred);
  const outcome: RestoreOutcome = {
    snapshot: hashOfSnapshot(snapshot),
    unit: place.expected,
    identical: lines.length === 0,
    lines,
    before,
    notTransferable:
      transferred && filesIn(snapshot).files.has('calibration.json') ? ['calibration.json'] : [],
    secretsMissing: snapshot.secrets.filter((name) => !found.secrets.includes(name)),
    reasons,
  };
  store?.append({ kind: 'unit.restored', subject: place.expected, body: { ...outcome } });
  return outcome;
}

/** Each step is written down before it is done. */
async function putConfig(
  { connections, store }: RestoreTools,
  { image, left, snapshot }: { image: SlotImage; left: SlotName | null; snapshot: Snapshot },
  place: Place,
): Promise<void> {
  const journal = (stage: PushJournal['stage'], slot: SlotName): void =>
    void store?.append({
      kind: 'unit.restoring',
      subject: place.expected,
      body: { snapshot: hashOfSnapshot(snapshot), slot, manifest: image.manifest.sha256, stage },
    });
  const session = await connections.session(place.port, place.expected, place.signal);
  const slot = left ?? (await session.push(image, { ...place, before: journal })).slot;
  await startConfig(connections, { slot, image }, place, (stage) => journal(stage, slot));
}

/** RESTORE_INCOMPLETE names the lines that did not take. */
export function demandIdentical({ identical, lines, unit, reasons }: RestoreOutcome): void {
  if (identical) return;
  const detail = [...reasons, lines.map(({ id }) => id).join(', ')].join('; ').slice(0, 1000);
  const deviceState = lines.some(({ file }) => file === 'config.json') ? 'old-still-runs' : 'new-runs';
  throw new Failure('RESTORE_INCOMPLETE', { count: lines.length, unit, detail }, { deviceState });
}

/** Whether the snapshot goes over to another unit. */
function demandUnit({ snapshot, port, unit, ontoReplacement }: RestoreOrder): boolean {
  const [expected, found] = [snapshot.unit.hardwareId, unit.hardwareId];
  if (expected !== found && !ontoReplacement) throw new Failure('WRONG_UNIT', { port, expected, found });
  return expected !== found;
}

type Files = ReadonlyMap<string, Uint8Array>;

/** A unit that takes another's place keeps its own calibration, and signs in at the broker under its own name. */
function wantedOn(unit: string, snapshot: Snapshot, transferred: boolean): Files {
  const files = new Map(filesIn(snapshot).files);
  if (!transferred) return files;
  files.delete('calibration.json');
  const config = files.get('config.json');
  const [theirs, own] = [snapshot.unit.hardwareId, unit].map((id) => `"plumbline-${id}"`);
  if (config && theirs && own) {
    // latin1 keeps every byte as it is, whatever the file holds.
    const text = Buffer.from(config).toString('latin1').replaceAll(theirs, own);
    files.set('config.json', Buffer.from(text, 'latin1'));
  }
  return files;
}

const compared = (
  { files }: Pick<ConfigurationFiles, 'files'>,
  wanted: Files,
  transferred: boolean,
): DifferenceLine[] => {
  const own = transferred ? new Map([...files].filter(([name]) => name !== 'calibration.json')) : files;
  return difference(noFiles, { files: own, secrets: [] }, { files: wanted, secrets: [] });
};

const agentFiles: readonly [name: string, file: AgentFileName][] = [
  ['config.json', 'config'],
  ['calibration.json', 'calibration'],
  ['rules.json', 'rules'],
];

async function heldBy(link: AgentLink): Promise<{ files: Files }> {
  const files = new Map<string, Uint8Array>();
  for (const [name, file] of agentFiles) {
    const bytes = await link.get(file);
    if (bytes) files.set(name, bytes);
  }
  return { files };
}

/** The rules after the calibration that they work on. A file that the unit cannot use leaves the old one in force. */
async function putFiles(link: AgentLink, wanted: Files, reasons: string[]): Promise<void> {
  for (const [name, file] of agentFiles.slice(1)) {
    const bytes = wanted.get(name);
    if (!bytes || sameBytes(bytes, (await link.get(file)) ?? undefined)) continue;
    await collecting(reasons, ['UNIT_REFUSED', 'NO_SPACE'], async () => void (await link.put(file, bytes)));
  }
}

/** A refusal is part of the outcome, which is read back from the unit; anything else ends the work. */
async function collecting(
  reasons: string[],
  codes: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if (!(thrown instanceof Failure) || !codes.includes(thrown.code)) throw thrown;
    reasons.push(thrown.message);
  }
}
