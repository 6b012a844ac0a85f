import { z } from 'zod';
import type { PushJournal, Recovery, SlotName } from '../../shared/contract/provision.ts';
import type { SlotFile, SlotImage, UnitFile, UnitSoftware } from '../drivers/driver.ts';
import { readObject, unitFile } from './files.ts';
import { isOpen } from './history.ts';

/** What to do with a unit on which an earlier push may have been cut. */
export type Standing =
  /** Stage the image; what the unit holds of it already is not sent. */
  | { go: 'stage'; recovery: Recovery | null }
  /** The slot that counts holds what is wanted: it only remains to be started and proven. */
  | { go: 'start'; slot: SlotName; manifest: UnitFile; files: SlotFile[]; recovery: Recovery }
  /** Something else is on trial: the software before it is put back in force first. */
  | { go: 'roll-back'; from: SlotName; recovery: Recovery };

const Listed = z.array(z.tuple([z.string(), z.number().int(), z.string()]));

/** Decided from the unit's own state and from what was written down before each step of earlier pushes to it. */
export function standingOf(
  journal: PushJournal | null,
  software: UnitSoftware,
  wanted: Pick<SlotImage, 'files'>,
): Standing {
  const { active, bootsLeft, fellBack, slots } = software;
  const open = isOpen(journal) ? journal : null;
  const held = active === null ? null : slots[active];
  const files = held === null ? null : sameImage(held.text, wanted);
  const short = open?.manifest.slice(0, 8) ?? '';
  const onTrial = active !== null && bootsLeft !== null;
  const flipped = open !== null && held !== null && active === open.slot && held.manifest === open.manifest;
  if (active !== null && held !== null && files !== null && (onTrial || flipped)) {
    const manifest = unitFile('/manifest.json', held.text);
    const what = `software ${held.manifest.slice(0, 8)} in slot ${active}`;
    const recovery: Recovery = onTrial
      ? { how: 'resumed', detail: `${what} was staged but not confirmed; it is started and proven now` }
      : { how: 'completed', detail: `${what} was confirmed already; it is proven again` };
    return { go: 'start', slot: active, manifest, files, recovery };
  }
  if (onTrial) {
    const detail = `slot ${active} held other software on trial; what ran before is in force again`;
    return { go: 'roll-back', from: active, recovery: { how: 'rolled-back', detail } };
  }
  if (open === null) return { go: 'stage', recovery: null };
  if (fellBack !== null && fellBack.from === open.slot) {
    const detail = `the unit gave up slot ${fellBack.from} by itself (${fellBack.why}); what ran before runs`;
    return { go: 'stage', recovery: { how: 'rolled-back', detail } };
  }
  if (flipped) {
    const detail = `software ${short} of the push that was cut is in force; other software is staged now`;
    return { go: 'stage', recovery: { how: 'completed', detail } };
  }
  if (active === open.slot) {
    const detail = `nothing of software ${short} is left on the unit`;
    return { go: 'stage', recovery: { how: 'nothing-written', detail } };
  }
  const detail = `the push of ${short} was cut while ${open.stage}; what slot ${open.slot} holds is not sent again`;
  return { go: 'stage', recovery: { how: 'resumed', detail } };
}

/**
 * The same, where what lies beside the slots is no longer what is wanted there (another version of the app): the slot
 * alone would not prove what is to run.
 */
export function besideSlotsDiffers(standing: Standing, { bootsLeft }: UnitSoftware): Standing {
  if (standing.go !== 'start') return standing;
  const what = `what lies beside slot ${standing.slot} is no longer as it was pushed`;
  if (bootsLeft === null) {
    return { go: 'stage', recovery: { how: 'completed', detail: `${what}; it is pushed anew` } };
  }
  const detail = `${what}; what ran before is in force again`;
  return { go: 'roll-back', from: standing.slot, recovery: { how: 'rolled-back', detail } };
}

/**
 * The files of a slot where its manifest lists just what is wanted; null where it does not. They are on the unit, so
 * they come without bytes.
 */
function sameImage(manifest: Uint8Array, wanted: Pick<SlotImage, 'files'>): SlotFile[] | null {
  const listed = Listed.safeParse(readObject(manifest)?.files);
  if (!listed.success || listed.data.length !== wanted.files.length) return null;
  const held = new Map(listed.data.map(([path, size, sha256]) => [path, { size, sha256 }]));
  const files: SlotFile[] = [];
  for (const { path, sha256 } of wanted.files) {
    const file = held.get(path);
    if (file === undefined || file.sha256 !== sha256) return null;
    files.push({ path, ...file, bytes: null });
  }
  return files;
}
