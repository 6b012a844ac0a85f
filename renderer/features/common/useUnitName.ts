import { useDesk } from './desk.ts';
import { shortId } from './show.ts';

/** The tag of a unit, or the end of its hardware id where it has none yet. */
export function useUnitName(hardwareId: string): string {
  const tag = useDesk(
    (desk) => desk.job?.units.find((unit) => unit.hardwareId === hardwareId)?.settings?.tag,
  );
  return tag ?? shortId(hardwareId);
}
