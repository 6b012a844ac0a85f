import { useSyncExternalStore } from 'react';

function subscribe(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}

/** Height of the window in CSS pixels, followed. */
export const useViewportHeight = (): number => useSyncExternalStore(subscribe, () => window.innerHeight);
