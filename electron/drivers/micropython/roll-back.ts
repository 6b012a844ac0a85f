import { Failure } from '../../../shared/contract/failure.ts';
import type { SlotName } from '../../../shared/contract/provision.ts';
import { nextStart } from './pointer.ts';
import { otherSlot, UnitSlots } from './slots.ts';
import type { UnitWork } from './work.ts';

/**
 * Points away from this slot at the other one, once that is seen to be sound. A unit that fell back by itself points
 * there already, and pointing at "the other one" again would bring back what it gave up.
 * @throws UNIT_NOT_BOOTABLE, with nothing changed, if it is not sound
 */
export async function rollBack(work: UnitWork, from: SlotName): Promise<SlotName> {
  const slots = new UnitSlots(work);
  await work.begin();
  const first = await work.again(() => slots.pointer());
  const { active } = nextStart(first.record);
  const unit = work.expected;
  if (active === null || first.record === null)
    throw new Failure('UNIT_NOT_BOOTABLE', { unit, detail: 'it has no slot that counts' });
  if (active !== from) return active;
  const slot = otherSlot(active);
  const detail = await work.again(() => slots.unsound(slot));
  if (detail !== null) throw new Failure('UNIT_NOT_BOOTABLE', { unit, detail });
  const kept = first.record.bootsLeft === null ? active : null;
  const { n } = first.record;
  await work
    .uncancelled()
    .again(async () => {
      const now = await slots.pointer();
      if (now.record?.n === n) await slots.point(now, { slot, bootsLeft: null, other: kept, fellBack: null });
      else if (now.record?.slot !== slot)
        throw work.unreadable('choosing the slot for the next start', 'another record');
    })
    .catch((thrown: unknown) => {
      throw Failure.from(thrown).leaving('indeterminate');
    });
  return slot;
}
