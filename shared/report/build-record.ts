import { z } from 'zod';
import type { CalibrateState, PointResult } from '../contract/calibrate.ts';
import { brokerSights } from '../contract/connection.ts';
import type { UnitIdentity } from '../contract/devices.ts';
import type { ProvisionState, UnitSettings } from '../contract/provision.ts';
import type { ValidateState } from '../contract/validate.ts';
import { absoluteDecimal, compareDecimal } from '../units/units.ts';
import { adjustedNotVerified, runPassed } from '../wizard/calibrate.ts';
import { isProven as isProvisioned } from '../wizard/provision.ts';
import { stationsOf } from '../wizard/stations.ts';
import { contradiction, insist } from './insist.ts';
import type { Outcome } from './outcome.ts';
import {
  type CalibrationRecord,
  JobRecord,
  type ProvisioningRecord,
  type RecordChannel,
  type Scope,
  wholeScope,
} from './schema.ts';
import { validation } from './validation-record.ts';

export interface RecordInput {
  /** ms since 1970. */
  issuedAt: number;
  /** Version of Plumbline. */
  software: string;
  bench: boolean;
  /** Stages that were to be done; omitted: all. */
  scope?: Scope;
  job: { name: string; engineer: string; customer: string };
  unit: {
    hardwareId: string;
    /** Null: taken from the provisioning, where there is one. */
    identity: UnitIdentity | null;
    settings: UnitSettings | null;
    /** The dead unit whose place it took. */
    replaces?: string | null;
    channels: RecordChannel[];
  };
  provision: ProvisionState | null;
  calibrate: CalibrateState | null;
  validate: ValidateState | null;
  chain: { seq: number; hash: string };
}

function provisioning(state: ProvisionState): ProvisioningRecord {
  const proof = state.proof ?? [];
  for (const line of proof) {
    insist(line.equal === (line.pushed === line.running), `the proof of ${line.path} contradicts its hashes`);
  }
  const failed = proof.some((line) => !line.equal);
  const broker = state.connection?.broker ?? null;
  const isDone = isProvisioned(state) && (broker === null || state.brokerProved);
  if (state.brokerProved) {
    const missing = brokerSights.find((what) => !state.sights.some((sight) => sight.what === what));
    insist(missing === undefined, `proven on the broker, but ${missing} was not seen`);
  }
  return {
    result: isDone ? 'pass' : failed ? 'fail' : 'incomplete',
    port: state.port,
    agent: state.agent,
    files: state.pushed ?? [],
    proof,
    push: state.journal,
    recovery: state.recovery,
    software: state.planned,
    override: state.software.override ?? null,
    asFound: state.asFound,
    difference: state.difference ?? [],
    leftOut: state.leftOut,
    selfTest: state.selfTest,
    clock: state.clock,
    credential: state.credential,
    broker: broker && { host: broker.host, port: broker.port, tls: broker.tls !== null, topic: broker.topic },
    sights: state.sights,
    brokerProved: state.brokerProved,
  };
}

function checkPoints(points: PointResult[], tolerance: string): void {
  for (const point of points) {
    const within = compareDecimal(absoluteDecimal(point.error), tolerance) <= 0;
    insist(within === point.withinTolerance, `the point ${point.nominal} contradicts its tolerance`);
  }
}

const overridesOf = (run: 'as-found' | 'as-left', points: PointResult[]): CalibrationRecord['overrides'] =>
  points.flatMap(({ override }, index) =>
    override === null ? [] : [{ run, point: index + 1, reason: override }],
  );

function calibration(state: CalibrateState, channels: RecordChannel[]): CalibrationRecord {
  const { plan, asFound, asLeft, unadjusted, verdict } = state;
  checkPoints([...asFound, ...asLeft], plan?.tolerance ?? '0');
  const last = unadjusted ? asFound : asLeft;
  const stations = plan ? stationsOf(plan) : [];
  if (verdict !== null) {
    insist(last.length === stations.length, 'the calibration has a verdict but not all its points');
    insist(
      (verdict === 'pass') === runPassed(last, unadjusted ? state.asFoundEvaluation : state.asLeftEvaluation),
      'the verdict of the calibration contradicts its points',
    );
  }
  const after = unadjusted ? asFound : asLeft;
  return {
    result: verdict ?? 'incomplete',
    channel: channels.find(({ id }) => id === plan?.channel) ?? null,
    reference: state.reference,
    source: state.source,
    standard: state.standard,
    concerns: state.concerns,
    standardOverride: state.standardOverride,
    plan,
    asFound,
    asFoundEvaluation: state.asFoundEvaluation,
    fit: state.fit,
    written: state.written,
    asLeft,
    asLeftEvaluation: state.asLeftEvaluation,
    circumstances: state.circumstances,
    unadjusted,
    leftBecause: state.leftBecause,
    adjustedNotVerified: adjustedNotVerified(state),
    errors: stations.map(({ nominal }, index) => ({
      nominal,
      before: asFound[index]?.error ?? null,
      after: after[index]?.error ?? null,
    })),
    overrides: [...overridesOf('as-found', asFound), ...overridesOf('as-left', asLeft)],
  };
}

function overall(stages: ({ result: Outcome } | null)[]): Outcome {
  if (stages.some((stage) => stage?.result === 'fail')) return 'fail';
  return stages.every((stage) => stage?.result === 'pass') ? 'pass' : 'incomplete';
}

const onBench = ({ provision, calibrate, validate }: RecordInput): boolean =>
  // Its standard also answers over a cable, where another program serves the bench.
  calibrate?.standard?.bench === true ||
  [
    provision?.port?.port,
    calibrate?.port,
    calibrate?.referencePort,
    validate?.port,
    validate?.referencePort,
  ].some((port) => port?.startsWith('bench:') === true);

/**
 * The record of one unit from the states of its wizards; the same input gives the same record. INTERNAL when the
 * states are of different units or contradict themselves.
 */
export function buildRecord(input: RecordInput): JobRecord {
  const { provision, calibrate, validate, unit } = input;
  for (const id of [
    provision?.unit?.hardwareId,
    calibrate?.unit,
    validate?.unit,
    unit.identity?.hardwareId,
  ]) {
    insist(id === undefined || id === unit.hardwareId, `${id} is not the unit ${unit.hardwareId}`);
  }
  const scope = input.scope ?? wholeScope;
  const stages = {
    provisioning: provision && provisioning(provision),
    calibration: calibrate && calibration(calibrate, unit.channels),
    validation: validate && validation(validate),
  };
  const checked = JobRecord.safeParse({
    record: 1,
    reportId: `${unit.hardwareId.slice(-8)}-${input.chain.seq}-${input.chain.hash.slice(0, 8)}`,
    issuedAt: new Date(input.issuedAt).toISOString(),
    software: { name: 'Plumbline', version: input.software },
    // A port of the bench makes it a bench record whatever the caller says.
    bench: input.bench || onBench(input),
    verdict: overall([
      stages.provisioning,
      ...(scope.calibration ? [stages.calibration] : []),
      ...(scope.validation ? [stages.validation] : []),
    ]),
    job: input.job,
    unit: {
      hardwareId: unit.hardwareId,
      identity: unit.identity ?? provision?.unit ?? null,
      settings: unit.settings ?? provision?.settings ?? null,
      replaces: unit.replaces ?? provision?.replaces ?? null,
      channels: unit.channels,
    },
    scope,
    ...stages,
    chain: input.chain,
  } satisfies JobRecord);
  if (!checked.success) throw contradiction(z.prettifyError(checked.error), checked.error);
  return checked.data;
}
