import type {
  CoverageRecord,
  EvidenceRecord,
  JobRecord,
  ValidationRecord,
} from '../../../shared/report/record.ts';
import { dash } from '../figures.ts';
import { dataWords, lengthOf, originWords } from '../lab-words.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawTable } from '../table.ts';

const missingWords: Readonly<Record<CoverageRecord['missing'][number], string>> = {
  fired: 'was not seen to fire',
  cleared: 'was not seen to clear',
  quiet: 'was not seen to say nothing in normal operation',
  'no-false-alarms': 'gave a false alarm',
};

const listed = new Intl.ListFormat('en');

/** What each rule was seen to do, with where it was seen; what is missing; and the runs that are the evidence. */
export function ruleCoverage(sheet: Sheet, { validation, unit }: JobRecord): void {
  if (validation === null || validation.rules.length === 0) return;
  sheet.subheading('What each rule was seen to do', 120);
  sheet.paragraph(
    `A rule is accepted when it was seen to fire, to clear, and to say nothing in normal operation for ${lengthOf(validation.quietSeconds * 1000)}, without a false alarm. Live: on data as the unit gave them. Bench: while a reference drove the measurand. Recording: replayed over recorded data. Made up: with faults put into the data; it shows what the rule does, not what the machine did, and is no evidence of normal operation. Times count from the start of the run.`,
  );
  drawTable(sheet, {
    columns: [
      { head: 'Rule', width: 92 },
      { head: 'Fired' },
      { head: 'Cleared' },
      { head: 'Said nothing' },
      { head: 'False alarms', width: 62 },
      { head: 'Result', width: 72 },
    ],
    rows: validation.rules.map(({ id, coverage }) => [
      id,
      seen(coverage.fired, validation),
      seen(coverage.cleared, validation),
      quiet(coverage),
      falseAlarms(coverage),
      coverage.accepted
        ? { text: 'accepted', mark: 'pass' }
        : { text: 'not accepted', mark: 'incomplete', style: styles.strongCell },
    ]),
  });
  for (const { id, coverage } of validation.rules) {
    if (coverage.accepted) continue;
    const words = listed.format(coverage.missing.map((part) => missingWords[part]));
    sheet.paragraph(`${id} is not accepted: it ${words}.`, styles.strong);
  }
  runs(sheet, validation, unit.channels);
}

/** The run by its number, and how long after its start. */
function seen(evidence: EvidenceRecord | null, { runs: all }: ValidationRecord): Cell {
  if (evidence === null) return { text: 'not seen', mark: 'none' };
  const after = evidence.t - (all[evidence.run]?.from ?? evidence.t);
  const text = `${originWords[evidence.origin]}, run ${evidence.run + 1}, after ${lengthOf(after)}`;
  return evidence.origin === 'injected' ? { text, mark: 'incomplete' } : text;
}

function quiet({ quiet: found }: CoverageRecord): Cell {
  if (found === null) return { text: 'not seen', mark: 'none' };
  return `${originWords[found.origin]}, run ${found.run + 1}, for ${lengthOf(found.ms)}`;
}

/** All of them are in record.json. */
const shownAlarms = 5;

function falseAlarms({ falseAlarms: found }: CoverageRecord): Cell {
  if (found.length === 0) return 'none';
  const shown = found.slice(0, shownAlarms).map(({ run }) => run + 1);
  const more = found.length - shown.length;
  return { text: `in run ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`, mark: 'fail' };
}

function runs(sheet: Sheet, { runs: all }: ValidationRecord, channels: JobRecord['unit']['channels']): void {
  if (all.length === 0) {
    sheet.paragraph('There is no run of these rules that would be evidence.');
    return;
  }
  drawTable(sheet, {
    columns: [
      { head: 'Run', width: 22, align: 'right' },
      { head: 'Origin', width: 64 },
      { head: 'Data' },
      { head: 'SHA-256 of the recording', width: 132, style: styles.hash },
      { head: 'Length', width: 40, align: 'right' },
      { head: 'Normal', width: 36 },
    ],
    rows: all.map((run, index) => [
      String(index + 1),
      run.madeUp ? { text: originWords[run.origin], mark: 'incomplete' } : originWords[run.origin],
      dataWords(run, channels),
      run.data?.sha256 ?? dash,
      lengthOf(run.to - run.from),
      run.normal ? 'yes' : 'no',
    ]),
  });
}
