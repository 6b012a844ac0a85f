/**
 * Tells a keyboard-wedge scanner from a person by the speed of the keys. Such scanners send a character every 1 to
 * 30 ms and end with Enter or Tab; of a fast typist two keys hardly ever come within 50 ms four times in a row.
 */
const longestGapMs = 50;
const longestMeanMs = 35;
/** A wireless scanner may falter in the middle; a label must never be taken in halves. */
const longestFalterMs = 250;
const fewestCharacters = 4;
/** Scanners that end with CR and LF send Enter twice. */
const echoMs = 300;

export interface ScanState {
  /** What came at a scanner's speed so far. */
  text: string;
  startedAt: number;
  lastAt: number;
  /** When the last scan was complete; null: none yet. */
  scannedAt: number | null;
}

export const noScan: ScanState = { text: '', startedAt: 0, lastAt: 0, scannedAt: null };

/**
 * `typing`: the key belongs to whoever has the focus. `burst`: part of what is most likely a scan. `scan`: this key
 * completes one, `text` is all of it. `echo`: a second Enter of the scan before.
 */
export interface Verdict {
  state: ScanState;
  kind: 'typing' | 'burst' | 'scan' | 'echo';
  text: string;
}

/** Keys that only change what other keys mean. */
const modifiers = ['Shift', 'AltGraph', 'CapsLock', 'Alt', 'Control', 'Meta'];

/** Takes one key that went down; `at` in ms on any clock that only goes forward. */
export function takeKey(state: ScanState, { key, at }: { key: string; at: number }): Verdict {
  if (modifiers.includes(key)) return verdict(state, isBurst(state) ? 'burst' : 'typing');
  const follows = state.text !== '' && at - state.lastAt <= (isScan(state) ? longestFalterMs : longestGapMs);
  if (key === 'Enter') return takeEnter(state, at, follows);
  const character = key === 'Tab' ? '\t' : key;
  const counts = Array.from(character).length === 1 && (key !== 'Tab' || (follows && isBurst(state)));
  if (!counts) return verdict({ ...state, text: '' }, 'typing');
  const next = follows
    ? { ...state, text: state.text + character, lastAt: at }
    : { ...state, text: character, startedAt: at, lastAt: at };
  return verdict(next, isBurst(next) ? 'burst' : 'typing');
}

function takeEnter(state: ScanState, at: number, follows: boolean): Verdict {
  if (state.text === '' && state.scannedAt !== null && at - state.scannedAt <= echoMs) {
    return verdict(state, 'echo');
  }
  return follows && isScan(state) ? complete(state, at) : verdict({ ...state, text: '' }, 'typing');
}

/** A scan that ended with Tab and after which nothing more came. */
export function settle(state: ScanState, at: number): Verdict {
  return state.text.endsWith('\t') && isScan(state) ? complete(state, at) : verdict(state, 'typing');
}

const verdict = (state: ScanState, kind: Verdict['kind']): Verdict => ({ state, kind, text: '' });

const complete = (state: ScanState, at: number): Verdict => ({
  state: { ...noScan, scannedAt: at },
  kind: 'scan',
  text: state.text,
});

const length = (state: ScanState): number => Array.from(state.text).length;
const isFast = (state: ScanState): boolean =>
  state.lastAt - state.startedAt <= longestMeanMs * Math.max(1, length(state) - 1);
/** From the third character on, so that what a person types is never held back. */
const isBurst = (state: ScanState): boolean => length(state) >= 3 && isFast(state);
const isScan = (state: ScanState): boolean => length(state) >= fewestCharacters && isFast(state);
