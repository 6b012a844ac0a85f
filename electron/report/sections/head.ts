import type { Comparison } from '../../../shared/contract/validate.ts';
import type { JobRecord, ProvisioningRecord } from '../../../shared/report/record.ts';
import { dash, momentOf } from '../figures.ts';
import { drawMark, type Mark, wordOf } from '../marks.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawFacts, drawTable } from '../table.ts';

interface Stage {
  name: string;
  /** In the sentence of a verdict that passed. */
  passed: string;
  mark: Mark;
  /** It was to be done. */
  wanted: boolean;
}

const stagesOf = ({ provisioning, calibration, validation, scope }: JobRecord): Stage[] => [
  { name: 'Provisioning', passed: 'provisioned', mark: provisioning?.result ?? 'none', wanted: true },
  {
    name: 'Calibration',
    passed: 'calibrated within tolerance',
    mark: calibration?.result ?? 'none',
    wanted: scope.calibration,
  },
  {
    name: 'Alarm rules',
    passed: `alarm rules proven${notAccepted(validation)}`,
    mark: validation?.result ?? 'none',
    wanted: scope.validation,
  },
];

/** A rule may be proven without having been seen to say nothing in normal operation. */
function notAccepted(validation: JobRecord['validation']): string {
  const rules = validation?.rules ?? [];
  const open = rules.filter(({ coverage }) => !coverage.accepted).length;
  return open === 0 ? '' : ` (${open} of ${rules.length} not accepted)`;
}

/** What the verdict rests on, in one sentence. */
function because(record: JobRecord): string {
  const wanted = stagesOf(record).filter((stage) => stage.wanted);
  if (record.verdict === 'pass') {
    const words = wanted.map(({ passed }) => passed).join(', ');
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  }
  const failed = wanted.filter(({ mark }) => mark === 'fail');
  const open = wanted.filter(({ mark }) => mark === 'incomplete' || mark === 'none');
  const words = (failed.length > 0 ? failed : open).map(
    ({ name, mark }) => `${name}: ${wordOf[mark].toLowerCase()}.`,
  );
  return words.join(' ');
}

function drawVerdict(sheet: Sheet, record: JobRecord): void {
  const size = 26;
  const y = sheet.y + 3;
  sheet.decorate(() => drawMark(sheet.document, record.verdict, sheet.left, y, size));
  const words = `${wordOf[record.verdict]}${record.bench ? ' (simulated)' : ''}`;
  const lines = sheet.type.break(because(record), styles.body, sheet.width - size - 14);
  sheet.tag('P', () => {
    sheet.type.line(words, sheet.left + size + 12, y - 4, { face: 'strong', size: 17 });
    lines.forEach((line, index) => {
      sheet.type.line(line, sheet.left + size + 12, y + 16 + index * 12, styles.body);
    });
  });
  sheet.y += 26 + lines.length * 12;
}

function differencesIn(comparison: Comparison | null): string {
  if (comparison === null) return 'not compared';
  const { frames, differences } = comparison;
  return `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'} in ${frames} frames`;
}

const brokerWords = ({ broker, brokerProved }: ProvisioningRecord): string => {
  if (broker === null) return '';
  return brokerProved ? '; seen at its broker' : '; not proven at its broker';
};

function evidenceOf(record: JobRecord): string[] {
  const { provisioning, calibration, validation } = record;
  const equal = provisioning?.proof.filter((line) => line.equal).length ?? 0;
  const last = calibration?.unadjusted ? calibration.asFound : (calibration?.asLeft ?? []);
  const within = last.filter((point) => point.withinTolerance).length;
  const proven = validation?.rules.filter((rule) => rule.fired && rule.cleared).length ?? 0;
  const unverified = calibration?.adjustedNotVerified ? 'ADJUSTED, NOT VERIFIED. ' : '';
  const left = calibration?.unadjusted ? 'as found, not adjusted' : 'as left';
  return [
    provisioning
      ? `${equal} of ${provisioning.proof.length} files run as they were pushed, by their SHA-256${brokerWords(provisioning)}`
      : dash,
    calibration
      ? `${unverified}${within} of ${calibration.plan?.points.length ?? 0} points within tolerance ${left}`
      : dash,
    validation
      ? `${proven} of ${validation.rules.length} rules seen to fire and to clear; ${differencesIn(validation.comparison)}`
      : dash,
  ];
}

export function head(sheet: Sheet, record: JobRecord): void {
  const { unit, job } = record;
  sheet.tag('H1', () => sheet.type.line('Commissioning report', sheet.left, sheet.y, styles.title));
  sheet.y += 32;
  for (const line of sheet.type.break(
    `Unit ${unit.settings?.tag ?? unit.hardwareId}`,
    { face: 'strong', size: 13 },
    sheet.width,
  )) {
    sheet.tag('P', () => sheet.type.line(line, sheet.left, sheet.y, { face: 'strong', size: 13 }));
    sheet.y += 17;
  }
  sheet.y += 5;
  sheet.rule(sheet.y, 1.2, '#111111');
  sheet.y += 8;
  drawVerdict(sheet, record);
  sheet.rule(sheet.y);
  sheet.y += 6;
  drawFacts(sheet, [
    ['Job', job.name],
    ['Customer', job.customer],
    ['Engineer', job.engineer],
    ['Location', unit.settings?.location ?? ''],
    ['Report no.', record.reportId],
    ['Issued', momentOf(record.issuedAt)],
    ['Hardware id', { text: unit.hardwareId, style: styles.mono }],
    ['Tag', unit.settings?.tag ?? ''],
    ['Asset', unit.settings?.asset ?? ''],
    ['Unit', unit.identity?.machine ?? ''],
    ['Firmware', unit.identity ? `${unit.identity.implementation} ${unit.identity.version}` : ''],
    ['Edge agent', record.provisioning?.agent ?? unit.identity?.agent ?? ''],
    ...(unit.replaces === null
      ? []
      : [['Replaces', { text: unit.replaces, style: styles.mono }] as [string, Cell]]),
  ]);
  const evidence = evidenceOf(record);
  drawTable(sheet, {
    columns: [{ head: 'Stage', width: 90 }, { head: 'Result', width: 80 }, { head: 'Evidence' }],
    rows: stagesOf(record).map(({ name, mark, wanted }, index) => [
      name,
      wanted ? { text: wordOf[mark], mark } : 'Not part of it',
      evidence[index] ?? dash,
    ]),
  });
}
