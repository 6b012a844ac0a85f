import type { RuleEvent } from '../../../shared/contract/devices.ts';
import type { JobRecord } from '../../../shared/report/record.ts';
import { dash, secondsOf } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawFacts, drawTable } from '../table.ts';

const seen = (event: RuleEvent | null): Cell[] =>
  event ? [String(event.seq), secondsOf(event.t)] : [dash, dash];
const proven = (rule: { fired: unknown; cleared: unknown }): Cell =>
  rule.fired && rule.cleared ? { text: 'proven', mark: 'pass' } : { text: 'not proven', mark: 'incomplete' };

/** The rule's sentence without its id, which stands in the column beside it. */
function meaningOf({ id, sentence }: { id: string; sentence: string }): string {
  const words = sentence.startsWith(`${id}: `) ? sentence.slice(id.length + 2) : sentence;
  return words === '' ? dash : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Each rule in words, and when unit and app decided alike that it fires and that it clears. */
export function rules(sheet: Sheet, { validation, scope }: JobRecord): void {
  sheet.heading('Alarm rules', validation ? 160 : 60);
  if (validation === null) {
    sheet.paragraph(scope.validation ? 'Not done.' : 'Not part of this commissioning.');
    return;
  }
  const { basedOn } = validation;
  if (basedOn) {
    sheet.paragraph(`These rules improve revision ${basedOn.revision}. What was learned: ${basedOn.lesson}`);
  }
  sheet.paragraph(
    'Proof: unit and app decide every frame of live data independently, with the same integers. A rule is proven when both saw it fire and then clear, in the same frame.',
  );
  const figure = { width: 36, align: 'right' as const };
  drawTable(sheet, {
    columns: [
      { head: 'Rule', width: 80 },
      { head: 'Meaning' },
      { head: 'Frame', ...figure },
      { head: 'Time s', ...figure },
      { head: 'Frame', ...figure },
      { head: 'Time s', ...figure },
      { head: 'Result', width: 52 },
    ],
    groups: [
      { title: '', span: 2 },
      { title: 'Fired', span: 2 },
      { title: 'Cleared', span: 2 },
      { title: '', span: 1 },
    ],
    rows: validation.rules.map((rule) => [
      rule.id,
      meaningOf(rule),
      ...seen(rule.fired),
      ...seen(rule.cleared),
      proven(rule),
    ]),
  });
}

const shownDifferences = 40;

/** Totals of the comparison, every difference, and the exact text on the unit. */
export function comparison(sheet: Sheet, { validation }: JobRecord): void {
  if (validation === null) return;
  const { comparison: totals, compiled, written } = validation;
  sheet.subheading('Comparison of unit and app');
  drawFacts(sheet, [
    ['Frames', totals ? String(totals.frames) : ''],
    ['Decisions', totals ? String(totals.decisions) : ''],
    ['Differences', totals ? String(totals.differences.length) : ''],
    ['Frames lost', totals ? String(totals.lostFrames) : ''],
    ['In force from', written ? `frame ${written.fromSeq}` : ''],
    ['Revision', { text: compiled?.revision ?? dash, style: styles.mono }],
  ]);
  if (totals && totals.differences.length > 0) {
    const words = (events: RuleEvent[]): string =>
      events.map((event) => `${validation.rules[event.rule]?.id ?? event.rule} ${event.kind}`).join(', ') ||
      'nothing';
    drawTable(sheet, {
      columns: [
        { head: 'Differs in frame', width: 70, align: 'right' },
        { head: 'Unit decided' },
        { head: 'App decided' },
      ],
      rows: totals.differences
        .slice(0, shownDifferences)
        .map((one) => [String(one.seq), words(one.unit), words(one.app)]),
    });
    const more = totals.differences.length - shownDifferences;
    if (more > 0) sheet.paragraph(`${more} more differences are in record.json.`);
  }
  if (compiled === null) return;
  sheet.subheading('Rules on the unit, exact text');
  sheet.paragraph(`SHA-256 ${compiled.sha256}`, styles.mono);
  sheet.paragraph(compiled.text, styles.mono);
}
