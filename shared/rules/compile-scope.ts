import type { Mistake } from '../contract/validate.ts';
import type { CompileChannel } from './compile-channel.ts';
import { durationMs } from './duration.ts';

/** What the compiler may take for granted of the unit. */
export interface CompileOptions {
  /** `small`: boards whose whole numbers have 30 bits (rule N3 of the model). */
  profile?: 'full' | 'small';
  /** Time between two frames, where it is known: how many samples a window takes follows from it. */
  periodMs?: number;
}

export type Entry = (string | number | number[])[];

/** Limits of the device form, as both engines have them. */
const room = { in: 32, sig: 64, cond: 128 } as const;
const things = { in: 'inputs', sig: 'signals', cond: 'conditions' } as const;

/** The longest time of each profile, ms: 24.8 days; on a small board six, and the agent starts its clock anew. */
const longest = { full: 2 ** 31, small: 2 ** 29 - 1 } as const;

/** The tables of the device form while they grow: an entry that is there already is used again. */
export interface Scope {
  readonly channels: readonly CompileChannel[];
  readonly small: boolean;
  readonly periodMs: number | null;
  readonly tables: Readonly<Record<keyof typeof room, Entry[]>>;
  readonly mistakes: Mistake[];
  /** Names a mistake; always null, so that what could not be compiled is null. */
  refuse(path: string, message: string): null;
  /** Place of the entry in its table; null where there is no room left. */
  add(table: keyof typeof room, entry: Entry, path: string): number | null;
  /** ms, at least `least`; null where the unit cannot wait so long. */
  span(text: string, path: string, least?: number): number | null;
}

export function createScope(channels: readonly CompileChannel[], options: CompileOptions): Scope {
  const mistakes: Mistake[] = [];
  const tables: Record<keyof typeof room, Entry[]> = { in: [], sig: [], cond: [] };
  const places = new Map<string, number>();
  const profile = options.profile ?? 'full';
  const refuse = (path: string, message: string): null => {
    mistakes.push({ path, message });
    return null;
  };
  return {
    channels,
    small: profile === 'small',
    periodMs: options.periodMs ?? null,
    tables,
    mistakes,
    refuse,
    add(table, entry, path) {
      const key = `${table} ${JSON.stringify(entry)}`;
      const known = places.get(key);
      if (known !== undefined) return known;
      const many = tables[table];
      if (many.length >= room[table]) {
        return refuse(path, `needs more ${things[table]} than a unit has room for, ${room[table]}`);
      }
      places.set(key, many.length);
      return many.push(entry) - 1;
    },
    span(text, path, least = 0) {
      const ms = durationMs(text);
      if (ms > longest[profile]) {
        const days = Math.floor(longest[profile] / 86_400_000);
        return refuse(path, `is longer than a unit can wait, ${days} days`);
      }
      return ms < least ? refuse(path, 'must be longer than 0') : ms;
    },
  };
}
