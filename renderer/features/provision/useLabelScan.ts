import { useEffect, useEffectEvent, useRef } from 'react';
import { noScan, type ScanState, settle, takeKey } from './scan.ts';

/** A scanner that ends with Tab has ended when nothing came for this long. */
const quietMs = 120;

/**
 * Listens for a label scanner on the whole screen. `snapshot` is taken before the first character of a scan arrives
 * anywhere, so that what the scan typed into a field by the way can be undone; `onScan` gets it back with the text.
 * While a scan comes in, no button hears a key, and its Enter goes nowhere else. Open dialogs are left alone.
 */
export function useLabelScan<S>(
  snapshot: () => S,
  onScan: (text: string, before: S, at: Element | null) => void,
): void {
  const scan = useRef<ScanState>(noScan);
  const before = useRef<S | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const finish = useEffectEvent((text: string) => {
    const kept = before.current;
    before.current = null;
    if (kept !== null) onScan(text, kept, document.activeElement);
  });
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || document.querySelector('[role="dialog"]') !== null) return;
    clearTimeout(timer.current);
    const verdict = takeKey(scan.current, { key: event.key, at: event.timeStamp });
    if (Array.from(verdict.state.text).length === 1) before.current = snapshot();
    scan.current = verdict.state;
    const swallow = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (verdict.kind === 'scan' || verdict.kind === 'echo') swallow();
    else if (verdict.kind === 'burst' && (event.key === 'Tab' || !isText(event.target))) swallow();
    if (verdict.kind === 'scan') finish(verdict.text);
    if (verdict.kind === 'burst' && event.key === 'Tab') {
      timer.current = setTimeout(() => {
        const end = settle(scan.current, event.timeStamp + quietMs);
        scan.current = end.state;
        if (end.kind === 'scan') finish(end.text);
      }, quietMs);
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listener, { capture: true });
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener('keydown', listener, { capture: true });
    };
  }, []);
}

const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
