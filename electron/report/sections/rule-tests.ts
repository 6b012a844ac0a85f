import type { JobRecord, KeptTestRecord, ValidationRecord } from '../../../shared/report/record.ts';
import { dataWords } from '../lab-words.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawFacts, drawTable } from '../table.ts';

/** The tests that are kept with the rules, and what the unit's own engine decided on vectors made from them. */
export function ruleTests(sheet: Sheet, { validation, unit }: JobRecord): void {
  if (validation === null) return;
  keptTests(sheet, validation, unit.channels);
  selfTest(sheet, validation);
}

function keptTests(sheet: Sheet, { tests }: ValidationRecord, channels: JobRecord['unit']['channels']): void {
  if (tests.length === 0) return;
  sheet.subheading('Tests kept with the rules');
  drawTable(sheet, {
    columns: [
      { head: 'Test', width: 92 },
      { head: 'Data' },
      { head: 'SHA-256 of the recording', width: 132, style: styles.hash },
      { head: 'Decisions', width: 44, align: 'right' },
      { head: 'Result', width: 102 },
    ],
    rows: tests.map((test) => [
      test.name,
      dataWords({ data: test, name: `Recording ${test.recording}` }, channels),
      test.sha256,
      String(test.expected),
      outcome(test),
    ]),
  });
}

function outcome({ outcome: found }: KeptTestRecord): Cell {
  if (found === null) return { text: 'not run', mark: 'none' };
  if (found.passed) return { text: 'passed', mark: 'pass' };
  const counts = `${found.missing} missing, ${found.unexpected} unexpected`;
  return { text: `failed: ${counts}${found.first === null ? '' : `; ${found.first}`}`, mark: 'fail' };
}

function selfTest(sheet: Sheet, { selfTest: found }: ValidationRecord): void {
  sheet.subheading('Self-test of the rules on the unit', 90);
  if (found === null) {
    sheet.paragraph('The unit’s own engine was not tested with these rules.');
    return;
  }
  sheet.paragraph(
    'Vectors chosen from these rules were run by the unit’s own engine and by the app’s. The hash is over every decision of all of them.',
  );
  drawFacts(sheet, [
    ['Vectors', String(found.vectors)],
    ['Frames', String(found.frames)],
    ['Decisions', String(found.decisions)],
    ['Revision', { text: found.revision, style: styles.mono }],
    ['Engine', `version ${found.engine}`],
    ['Result', found.equal ? { text: 'equal', mark: 'pass' } : { text: 'differs', mark: 'fail' }],
  ]);
  drawTable(sheet, {
    columns: [
      { head: 'Decisions of', width: 74 },
      { head: 'SHA-256', style: styles.hash },
    ],
    rows: [
      ['the app', found.expected],
      ['the unit', found.found],
    ],
  });
}
