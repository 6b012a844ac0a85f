import { useSyncExternalStore } from 'react';

/** A day as certificates are dated, where this page stands. */
export function dayOf(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const MINUTE_MS = 60_000;

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, MINUTE_MS);
  return () => clearInterval(timer);
}

/** Today as `2026-11-22`; a page that stays open over midnight follows. */
export const useToday = (): string => useSyncExternalStore(subscribe, () => dayOf(new Date()));
