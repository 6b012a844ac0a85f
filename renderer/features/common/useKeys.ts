import { useEffect, useEffectEvent } from 'react';

/** Where Enter and letters belong to the thing that has the focus. */
const own =
  'input, textarea, select, button, a, summary, [role="button"], [role="option"], [role="dialog"], [role="listbox"]';

/**
 * Keys of a whole screen. A key is left alone where a field, a button or an open dialog would use it; Escape reaches
 * the screen from a field too.
 */
export function useKeys(keys: Record<string, () => void>): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key];
    const target = event.target instanceof Element ? event.target : null;
    if (act === undefined || document.querySelector('[role="dialog"], [role="listbox"]') !== null) return;
    if (event.key !== 'Escape' && target?.closest(own) != null) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
