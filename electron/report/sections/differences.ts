import type { ProvisioningRecord } from '../../../shared/report/record.ts';
import { dash } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { drawTable } from '../table.ts';

/** The configuration before and after, a line for each difference; nothing that differs is left out. */
export function differences(sheet: Sheet, { asFound, difference, leftOut }: ProvisioningRecord): void {
  if (asFound === null) return;
  sheet.subheading('Configuration');
  if (difference.length === 0) {
    sheet.paragraph('As found and to be were the same, byte for byte.');
    return;
  }
  const left = new Set(leftOut);
  drawTable(sheet, {
    columns: [
      { head: 'File and place', width: 150 },
      { head: 'Factory' },
      { head: 'As found' },
      { head: 'As left' },
    ],
    rows: difference.map((line) => [
      `${line.file} ${line.path}`,
      shown(line.factory),
      shown(line.asFound),
      left.has(line.id)
        ? { text: `${shown(line.asFound)} (left as found)`, style: styles.strong }
        : shown(line.toBe),
    ]),
  });
}

/** The record holds the whole value. */
const longest = 120;
const shown = (value: string | null): string => {
  if (value === null) return dash;
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
};
