import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonical } from '../../../shared/chain/canonical-json.ts';
import { type Part, reportPaths } from '../../../shared/dossier/dossier.ts';

/** A unit's report as it was issued. */
export interface IssuedReport {
  unit: string;
  json: Uint8Array;
  pdf: Uint8Array;
}

/** What of a report's record goes into parts of its own; records of earlier versions have these members too. */
const Record = z.looseObject({
  bench: z.boolean(),
  unit: z.looseObject({ settings: z.looseObject({ tag: z.string() }).nullable() }),
  provisioning: z.looseObject({ asFound: z.looseObject({ sha256: z.string() }).nullable() }).nullable(),
  calibration: z.looseObject({}).nullable(),
  validation: z.looseObject({}).nullable(),
});

export interface UnitFacts {
  unit: string;
  tag: string;
  simulated: boolean;
}

const json = (path: string, value: unknown): Part => ({
  path,
  type: 'application/json',
  bytes: Buffer.from(`${canonical(value, path)}`),
});

/** The snapshots that the journal keeps whole, by the hash that a record names them by. */
export type Snapshots = ReadonlyMap<string, unknown>;
export const snapshotHash = (snapshot: unknown): string =>
  createHash('sha256').update(canonical(snapshot, 'snapshot')).digest('hex');

/**
 * A unit's parts: report and record as they were issued, the evidence of its rules, what it held before anything was
 * written and what it was left with.
 */
export function unitParts(report: IssuedReport, snapshots: Snapshots): { facts: UnitFacts; parts: Part[] } {
  const { unit } = report;
  const paths = reportPaths(unit);
  const record = Record.parse(JSON.parse(Buffer.from(report.json).toString('utf8')));
  const { provisioning, calibration, validation } = record;
  const before = provisioning?.asFound ? snapshots.get(provisioning.asFound.sha256) : undefined;
  const parts: Part[] = [
    { path: paths.json, type: 'application/json', bytes: report.json },
    { path: paths.pdf, type: 'application/pdf', bytes: report.pdf },
  ];
  if (validation) parts.push(json(`rules/${unit}.json`, validation));
  if (before !== undefined) parts.push(json(`configuration/${unit}/before.json`, before));
  if (provisioning) {
    parts.push(
      json(`configuration/${unit}/after.json`, {
        settings: record.unit.settings,
        ...pick(provisioning, ['files', 'proof', 'software', 'difference', 'leftOut', 'broker']),
        calibration: calibration && pick(calibration, ['channel', 'fit', 'written', 'unadjusted']),
        rules: validation && pick(validation, ['compiled', 'written']),
      }),
    );
  }
  return { facts: { unit, tag: record.unit.settings?.tag ?? '', simulated: record.bench }, parts };
}

const pick = (from: Readonly<{ [name: string]: unknown }>, names: readonly string[]): object =>
  Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));
