import { z } from 'zod';
import { bundleLimits } from '../../../shared/contract/bundle.ts';
import { Sha256 } from '../../../shared/contract/devices.ts';
import type { UnitSoftware } from '../../drivers/driver.ts';
import { readObject } from '../files.ts';

/** `/manifest.json` of a slot: what `imageOf` writes. */
const SlotManifest = z.object({
  v: z.literal(1),
  product: z.string().max(64),
  version: z.string().max(64),
  counter: z.number().int().nonnegative(),
  files: z
    .array(z.tuple([z.string().max(bundleLimits.pathLength), z.number().int().nonnegative(), Sha256]))
    .max(bundleLimits.files),
});
export type SlotManifest = z.infer<typeof SlotManifest>;

/** What a unit holds is untrusted; null where it is no manifest. */
export function slotManifest(text: Uint8Array): SlotManifest | null {
  const read = SlotManifest.safeParse(readObject(text));
  return read.success ? read.data : null;
}

/**
 * What the unit holds for good: of a slot that is still on trial the other one counts. Null: nothing that can be read.
 */
export function heldManifest({ active, bootsLeft, slots }: UnitSoftware): SlotManifest | null {
  if (active === null) return null;
  const other = active === 'a' ? 'b' : 'a';
  const held = slots[bootsLeft === null ? active : other];
  return held && slotManifest(held.text);
}
