import { useEffect, useState } from 'react';
import type { EventPayload } from '../../../shared/contract/contract.ts';
import { useHost } from '../common/host.ts';

/** What the draft does on live data now, as the host last told; null: it has not told anything yet. */
export function useShadow(wizard: string): EventPayload<'lab.shadow'> | null {
  const host = useHost();
  const [now, setNow] = useState<EventPayload<'lab.shadow'> | null>(null);
  useEffect(
    () =>
      host.on('lab.shadow', (told) => {
        if (told.wizard === wizard) setNow(told);
      }),
    [host, wizard],
  );
  return now;
}
