import type { ProofLine } from '../../../shared/contract/provision.ts';
import type { JobRecord, ProvisioningRecord } from '../../../shared/report/record.ts';
import { dash, momentOf } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawFacts, drawTable } from '../table.ts';
import { brokerProof } from './broker.ts';
import { differences } from './differences.ts';

/** What was put on the unit, what of it runs, and what the app saw of it. */
export function provisioning(sheet: Sheet, { provisioning: done, unit }: JobRecord): void {
  sheet.heading('Provisioning', done ? 100 : 60);
  if (done === null) {
    sheet.paragraph('Not done.');
    return;
  }
  if (unit.replaces !== null) {
    sheet.paragraph(
      `This unit took the place of the unit ${unit.replaces}, with its plate, connection and rules. The calibration of that unit is not transferable and was not carried over.`,
    );
  }
  drawFacts(sheet, factsOf(done));
  if (done.override) {
    const { name, reason } = done.override;
    sheet.paragraph(`A lower security counter was let pass by ${name}: ${reason}`, styles.strong);
  }
  if (done.recovery) sheet.paragraph(`After a push that was cut: ${done.recovery.detail}.`);
  proof(sheet, done);
  selfTest(sheet, done);
  differences(sheet, done);
  brokerProof(sheet, done);
}

type Facts = Parameters<typeof drawFacts>[1];

function factsOf({ push, software, clock, asFound }: ProvisioningRecord): Facts {
  const key = software?.bundle ? `bundle, signed with key ${software.bundle.key}` : 'carried by the app';
  return [
    ['Software', software ? `${software.product} ${software.version}, ${key}` : dash],
    ['Security counter', software ? String(software.securityCounter) : dash],
    ['Slot', push ? `${push.slot}, ${push.stage}` : dash],
    ['Manifest', { text: push?.manifest ?? dash, style: styles.hash }],
    ['As found', asFound ? `read ${momentOf(new Date(asFound.at).toISOString())}` : dash],
    ['Snapshot', { text: asFound?.sha256 ?? dash, style: styles.hash }],
    ['Clock', clock ? clockWords(clock) : dash],
    ['Clock drift', clock ? driftWords(clock) : dash],
  ];
}

const clockWords = ({ set, offsetMs }: NonNullable<ProvisioningRecord['clock']>): string =>
  offsetMs === null
    ? 'the unit has no time of day'
    : `${set ? 'set' : 'not set'}, ${offsetMs} ms from the computer's`;

const driftWords = ({
  driftPpm,
  driftUncertaintyPpm,
  seconds,
}: NonNullable<ProvisioningRecord['clock']>): string =>
  driftPpm === null
    ? `not stated: ${seconds} s are too short for it`
    : `${driftPpm} ppm ± ${driftUncertaintyPpm} ppm (k = 2) over ${seconds} s`;

function hashes({ equal, pushed, running }: ProofLine): Cell {
  if (equal) return pushed;
  return `${pushed} pushed ${running ?? 'nothing'} running`;
}

/** What was pushed beside what the running agent says that it loaded. */
function proof(sheet: Sheet, done: ProvisioningRecord): void {
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

function selfTest(sheet: Sheet, { selfTest: lines }: ProvisioningRecord): void {
  if (lines === null || lines.length === 0) return;
  sheet.subheading('Self-test of the unit');
  drawTable(sheet, {
    columns: [{ head: 'Check', width: 180 }, { head: 'Result', width: 60 }, { head: 'Detail' }],
    rows: lines.map(({ what, ok, detail }) => [
      what,
      ok ? { text: 'passed', mark: 'pass' } : { text: 'failed', mark: 'fail' },
      detail,
    ]),
  });
}
