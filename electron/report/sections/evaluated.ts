import type { RunEvaluation } from '../../../shared/contract/evaluation.ts';
import { type ResultRow, resultRows } from '../../../shared/report/certificate/result-rows.ts';
import type { CalibrationRecord } from '../../../shared/report/record.ts';
import { dash, inUnit, signed } from '../figures.ts';
import { wordOf } from '../marks.ts';
import type { Sheet } from '../sheet.ts';
import { type Cell, drawTable } from '../table.ts';

/** The values of both runs with their uncertainty, a row for each nominal value, as the certificate has them. */
export function drawEvaluated(sheet: Sheet, calibration: CalibrationRecord, found: RunEvaluation): void {
  const unit = calibration.channel?.unit;
  const before = resultRows(found);
  const after = calibration.asLeftEvaluation ? resultRows(calibration.asLeftEvaluation) : [];
  const right = 'right' as const;
  const run = [
    { head: inUnit('Reference', unit), width: 52, align: right },
    { head: inUnit('Error', unit), width: 44, align: right },
    { head: inUnit('U', unit), width: 40, align: right },
    { head: 'Result' },
  ];
  const { unadjusted } = calibration;
  drawTable(sheet, {
    columns: [{ head: inUnit('Nominal', unit), width: 46, align: right }, ...run, ...run],
    groups: [
      { title: '', span: 1 },
      { title: unadjusted ? 'As found = as left (not adjusted)' : 'As found', span: 4 },
      { title: unadjusted ? '' : 'As left', span: 4 },
    ],
    rows: before.map((row, index) => [
      row.nominal,
      ...cells(row, starred(calibration, 'as-found', row.nominal)),
      ...cells(after[index], starred(calibration, 'as-left', row.nominal)),
    ]),
  });
}

function starred(
  { asFound, asLeft, overrides }: CalibrationRecord,
  run: 'as-found' | 'as-left',
  nominal: string,
): boolean {
  const results = run === 'as-found' ? asFound : asLeft;
  return overrides.some((line) => line.run === run && results[line.point - 1]?.nominal === nominal);
}

const cells = (row: ResultRow | undefined, isStarred: boolean): Cell[] =>
  row === undefined
    ? [dash, dash, dash, dash]
    : [
        row.reference,
        signed(row.error),
        `± ${row.expandedUncertainty}`,
        { text: `${wordOf[row.verdict]}${isStarred ? ' *' : ''}`, mark: row.verdict },
      ];
