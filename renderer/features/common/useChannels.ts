import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { useDesk } from './desk.ts';

/** Channels of a unit as its profile describes them. */
export function useChannels(unit: string): readonly ProfileChannel[] {
  const settings = useDesk(
    (desk) => desk.job?.units.find((row) => row.hardwareId === unit)?.settings ?? null,
  );
  const profiles = useDesk((desk) => desk.profiles);
  return profiles.find((profile) => profile.id === settings?.profile)?.channels ?? [];
}
