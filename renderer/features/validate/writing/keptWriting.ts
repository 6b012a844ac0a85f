import { create } from 'zustand';
import type { Written } from './written.ts';

const KEY = 'plumbline.rules.written';
type Kept = Readonly<Record<string, Written>>;

function remembered(): Kept {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Kept;
  } catch (thrown) {
    console.debug('what was written is not readable, beginning anew', thrown);
    return {};
  }
}

/** What is typed at each rules wizard and not sent yet: it outlives the screen and a reload of the page. */
export const useKept = create<{ written: Kept }>(() => ({ written: remembered() }));

useKept.subscribe(({ written }) => sessionStorage.setItem(KEY, JSON.stringify(written)));

/** A unit's wizard. Another job may have a wizard of the same number. */
export const placeOf = ({ id, unit }: { id: string; unit: string }): string => `${unit}/${id}`;

export const keepWritten = (place: string, written: Written): void =>
  useKept.setState((kept) => ({ written: { ...kept.written, [place]: written } }));
