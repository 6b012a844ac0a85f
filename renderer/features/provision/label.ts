import { z } from 'zod';

/** What a label may say of a unit; what it does not say is not there. */
export interface Plate {
  tag?: string;
  asset?: string;
  location?: string;
}
export type PlateField = keyof Plate;

const fields = ['tag', 'asset', 'location'] as const satisfies readonly PlateField[];
const separators = [';', '|', '\t', '^'];

/** Names by which labels call the three, in the languages of the app. */
const names: Readonly<Record<string, PlateField>> = {
  tag: 'tag',
  messstelle: 'tag',
  asset: 'asset',
  inventar: 'asset',
  inventarnummer: 'asset',
  location: 'location',
  ort: 'location',
  einbauort: 'location',
};

const Written = z.object({
  tag: z.string().optional(),
  asset: z.string().optional(),
  location: z.string().optional(),
});

/**
 * Reads what a scanner sent: `TAG;ASSET;LOCATION` (also with `|`, Tab or `^`), `TAG=…;ASSET=…` in any order, JSON with
 * those names, or one text alone, which is meant for `alone`. Null where nothing readable is in it.
 */
export function readLabel(scanned: string, alone: PlateField = 'tag'): Plate | null {
  const text = withoutFrame(scanned);
  if (text === '') return null;
  const plate = fromJson(text) ?? fromParts(text) ?? { [alone]: text };
  const entries = fields.flatMap((field) => {
    const value = plate[field]?.trim().slice(0, 60) ?? '';
    return value === '' ? [] : [[field, value] as const];
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** Scanners may put an AIM symbology identifier (ISO/IEC 15424, such as `]Q1`) and control characters around. */
function withoutFrame(scanned: string): string {
  return scanned
    .replace(/[^\P{Cc}\t]/gu, '')
    .replace(/^\][A-Za-z][0-9A-Za-z]/, '')
    .trim();
}

function fromJson(text: string): Plate | null {
  if (!text.startsWith('{')) return null;
  try {
    const written = Written.safeParse(JSON.parse(text));
    return written.success ? (written.data as Plate) : null;
  } catch {
    // A brace may begin any text; then it is read as the other forms are.
    return null;
  }
}

function fromParts(text: string): Plate | null {
  const separator = separators.find((sign) => text.includes(sign));
  const parts = separator === undefined ? [text] : text.split(separator);
  const named = parts.map((part) => /^\s*(\p{L}+)\s*[=:]\s*(.*)$/u.exec(part));
  const pairs = named.map((match) => [names[match?.[1]?.toLowerCase() ?? ''], match?.[2] ?? ''] as const);
  if (pairs.every(([field]) => field !== undefined)) return Object.fromEntries(pairs);
  if (separator === undefined) return null;
  return Object.fromEntries(fields.map((field, index) => [field, parts[index] ?? '']));
}
