import { posix } from 'node:path';
import type { SlotName } from '../../../shared/contract/provision.ts';
import type { SlotFile, SlotImage, UnitFile } from '../driver.ts';
import type { HeldTree } from './slots.ts';

/** What is still to be done until a slot holds an image and nothing else. */
export interface SlotPlan {
  /** Paths on the unit that are in the way. */
  remove: string[];
  /** Files whose bytes the unit holds elsewhere. */
  copy: { from: string; to: string; size: number }[];
  send: UnitFile[];
  /** Files whose bytes are to be on the unit and are not. */
  missing: string[];
  /** The manifest comes last: a slot without one is never started. */
  manifest: UnitFile;
  complete: boolean;
}

export const inSlot = (slot: SlotName, path: string): string => `/${slot}${path}`;

/** Every folder above these paths, outermost first; the root is always there. */
export function foldersOf(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = posix.dirname(path); folder !== '/'; folder = posix.dirname(folder))
      folders.add(folder);
  }
  return [...folders].sort((a, b) => a.length - b.length);
}

/**
 * `held`: all that the unit has in both slots and of what it made itself. What is found there by its hash is not
 * sent, so a push that was cut goes on where it stopped.
 */
export function planSlot(image: SlotImage, slot: SlotName, held: HeldTree): SlotPlan {
  const path = (file: { path: string }): string => inSlot(slot, file.path);
  const manifest = { ...image.manifest, path: path(image.manifest) };
  const wanted = new Map(image.files.map((file) => [path(file), file]));
  const isThere = (file: SlotFile): boolean => held.get(path(file))?.sha256 === file.sha256;
  const absent = image.files.filter((file) => !isThere(file));
  const own = [...held.keys()].filter((at) => at.startsWith(`/${slot}/`));
  const stray = own.filter((at) => {
    const file = wanted.get(at);
    return at !== manifest.path && (file === undefined || !isThere(file));
  });
  const manifestIsThere = held.get(manifest.path)?.sha256 === manifest.sha256;
  const complete = absent.length === 0 && stray.length === 0 && manifestIsThere;
  // A file too many makes no slot unsound, and the one that runs must stay sound all the while.
  const unfit = held.has(manifest.path) && (absent.length > 0 || !manifestIsThere);

  // A file that is in the way may still be where the bytes of another one come from; it goes in the next round.
  const sources = new Map<string, string>();
  for (const [at, { sha256 }] of held) if (!wanted.has(at) || !stray.includes(at)) sources.set(sha256, at);
  const copy: SlotPlan['copy'] = [];
  const send: UnitFile[] = [];
  const missing: string[] = [];
  for (const file of absent) {
    const from = sources.get(file.sha256);
    if (from !== undefined) copy.push({ from, to: path(file), size: file.size });
    else if (file.bytes) send.push({ path: path(file), bytes: file.bytes, sha256: file.sha256 });
    else missing.push(file.path);
  }
  const used = new Set(copy.map(({ from }) => from));
  const remove = [...(unfit ? [manifest.path] : []), ...stray.filter((at) => !used.has(at))];
  return { remove, copy, send, missing, manifest, complete };
}

/** Bytes that a file takes on a file system with blocks of this size. */
const footprint = (size: number, blockBytes: number): number =>
  Math.max(1, Math.ceil(size / blockBytes)) * blockBytes;

/** Blocks of a folder on littlefs (a pair of metadata blocks); on FAT it takes no more. */
const folderBlocks = 2;
/** Room that the file system needs for itself, in blocks. */
const spareBlocks = 2;

/** Bytes that the plan takes before anything of what is replaced beside the slot is given free. */
export function roomFor(
  plan: SlotPlan,
  beside: readonly UnitFile[],
  held: HeldTree,
  blockBytes: number,
): { needed: number; freed: number } {
  const size = (bytes: number): number => footprint(bytes, blockBytes);
  const files = [...plan.send, plan.manifest, ...beside].map(({ bytes }) => bytes.length);
  const sizes = [...files, ...plan.copy.map((file) => file.size)].map(size);
  const known = new Set(foldersOf([...held.keys()]));
  const targets = [...plan.send, plan.manifest].map(({ path }) => path);
  const folders = foldersOf([...targets, ...plan.copy.map(({ to }) => to)]).filter((at) => !known.has(at));
  const spare = (spareBlocks + 2 + folderBlocks * folders.length) * blockBytes;
  return {
    needed: sizes.reduce((sum, each) => sum + each, spare),
    freed: plan.remove.reduce((sum, at) => sum + size(held.get(at)?.size ?? 0), 0),
  };
}
