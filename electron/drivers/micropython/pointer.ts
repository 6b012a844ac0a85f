import { SlotName } from '../../../shared/contract/provision.ts';
import { crc16 } from './crc16.ts';

/*
 * Which slot counts. Two records are written in turn, so a write that is cut leaves the other one, on any file
 * system: nothing has to be renamed. `resources/agent/main.py` holds the same; a test lays them side by side.
 */

export interface PointerRecord {
  /** The valid record with the higher number counts. */
  n: number;
  slot: SlotName;
  /** Starts left until it must have been told to stay; null: it was. */
  bootsLeft: number | null;
  /** What it falls back to. */
  other: SlotName | null;
  fellBack: { from: SlotName; why: string } | null;
}

export interface Pointer {
  /** Number of the record file that counts. */
  file: 0 | 1;
  record: PointerRecord | null;
}

export const recordPath = (file: 0 | 1): string => `/plumbline/slot.${file}`;
/** Starts that software on trial is given. */
export const trialBoots = 3;
const form = /^([1-9]\d{0,8}) ([ab]) ([0-9]|-) ([ab]|-) (-|[ab]:(?:boots|hash|error))\*([0-9A-F]{4})\n$/;

export function encodeRecord({ n, slot, bootsLeft, other, fellBack }: PointerRecord): string {
  const fell = fellBack ? `${fellBack.from}:${fellBack.why}` : '-';
  const text = `${n} ${slot} ${bootsLeft ?? '-'} ${other ?? '-'} ${fell}`;
  return `${text}*${crc16(Buffer.from(text)).toString(16).toUpperCase().padStart(4, '0')}\n`;
}

/** Null for what is missing, torn, or not exactly what `encodeRecord` makes. */
export function parseRecord(bytes: Uint8Array | null): PointerRecord | null {
  const text = Buffer.from(bytes ?? []).toString('latin1');
  const [, n, slot, boots, other, fell = '-'] = form.exec(text) ?? [];
  if (n === undefined || slot === other) return null;
  const record: PointerRecord = {
    n: Number(n),
    slot: SlotName.parse(slot),
    bootsLeft: boots === '-' ? null : Number(boots),
    other: other === '-' ? null : SlotName.parse(other),
    fellBack: fell === '-' ? null : { from: SlotName.parse(fell[0]), why: fell.slice(2) },
  };
  return encodeRecord(record) === text ? record : null;
}

export function newest(files: readonly [Uint8Array | null, Uint8Array | null]): Pointer {
  const [first, second] = [parseRecord(files[0]), parseRecord(files[1])];
  return second && (!first || second.n > first.n) ? { file: 1, record: second } : { file: 0, record: first };
}

/** The record to write next, and into which of the two files: never the one that counts. */
export function following(
  { file, record }: Pointer,
  change: Omit<PointerRecord, 'n'>,
): { file: 0 | 1; record: PointerRecord } {
  return { file: file === 0 ? 1 : 0, record: { ...change, n: (record?.n ?? 0) + 1 } };
}

/** What the next start takes, provided that all slots are sound: one whose starts are used up falls back then. */
export function nextStart(record: PointerRecord | null): {
  active: SlotName | null;
  bootsLeft: number | null;
  fellBack: PointerRecord['fellBack'];
} {
  if (!record) return { active: null, bootsLeft: null, fellBack: null };
  const { slot, bootsLeft, other, fellBack } = record;
  if (bootsLeft !== 0 || other === null) return { active: slot, bootsLeft, fellBack };
  return { active: other, bootsLeft: null, fellBack: { from: slot, why: 'boots' } };
}
