import type { z } from 'zod';
import type { ProofLine } from '../../../shared/contract/provision.ts';
import type { JobRecord } from '../../../shared/report/record.ts';
import { dash } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawTable } from '../table.ts';

function hashes({ equal, pushed, running }: z.infer<typeof ProofLine>): Cell {
  if (equal) return pushed;
  return `${pushed} pushed ${running ?? 'nothing'} running`;
}

/** What was pushed beside what the running agent says that it loaded. */
export function provisioning(sheet: Sheet, { provisioning: done }: JobRecord): void {
  sheet.heading('Provisioning', done ? 100 : 60);
  if (done === null) {
    sheet.paragraph('Not done.');
    return;
  }
  sheet.paragraph(
    'Proof: the agent hashes each file before it loads it, and reports the hash from the running program. The hash below is that of the file pushed; where the running one differs, both are shown.',
  );
  if (done.proof.length === 0) {
    sheet.paragraph('No proof was taken.', styles.strong);
    return;
  }
  const sizes = new Map(done.files.map((file) => [file.path, file]));
  drawTable(sheet, {
    columns: [
      { head: 'File' },
      { head: 'Size, bytes', width: 46, align: 'right' },
      { head: 'SHA-256', width: 258, style: styles.hash },
      { head: 'Running', width: 46 },
    ],
    rows: done.proof.map((line) => [
      line.path,
      String(sizes.get(line.path)?.size ?? dash),
      hashes(line),
      line.equal ? { text: 'equal', mark: 'pass' } : { text: 'differs', mark: 'fail' },
    ]),
  });
}
