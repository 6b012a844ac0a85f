import { useState } from 'react';
import { z } from 'zod';
import type { JobUnit } from '../../../shared/contract/job.ts';
import { NameRow } from '../../../shared/contract/queue.ts';
import { useDesk } from '../common/desk.ts';

/** Another unit of the job bears the row's tag already. */
export function isTaken(row: NameRow, units: readonly JobUnit[], hardwareId: string | null): boolean {
  return units.some((unit) => unit.hardwareId !== hardwareId && unit.settings?.tag === row.tag);
}

/** The row that is for this unit: the one that names it, else the first that names none and is still free. */
export function nextRow(
  rows: readonly NameRow[],
  units: readonly JobUnit[],
  hardwareId: string | null,
): NameRow | null {
  const own = rows.find((row) => row.hardwareId !== null && row.hardwareId === hardwareId);
  const free = rows.find((row) => row.hardwareId === null && !isTaken(row, units, hardwareId));
  return own ?? free ?? null;
}

const Kept = z.strictObject({ job: z.string(), rows: z.array(NameRow).max(10_000) });
const KEY = 'plumbline.names';

/** The list that was imported for this job. Plate texts are no secrets; the browser keeps them over a reload. */
function keptNames(job: string): NameRow[] {
  try {
    const kept = Kept.parse(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
    return kept.job === job ? kept.rows : [];
  } catch {
    // Nothing was kept, or not by this version: the list is imported again.
    return [];
  }
}

/** The list of this job, shared by the screens that name units. */
export function useNames(): { rows: readonly NameRow[]; keep: (rows: NameRow[]) => void } {
  const path = useDesk((desk) => desk.job?.path ?? '');
  const [kept, setKept] = useState<{ path: string; rows: NameRow[] } | null>(null);
  const rows = kept?.path === path ? kept.rows : keptNames(path);
  const keep = (list: NameRow[]) => {
    localStorage.setItem(KEY, JSON.stringify({ job: path, rows: list }));
    setKept({ path, rows: list });
  };
  return { rows, keep };
}
