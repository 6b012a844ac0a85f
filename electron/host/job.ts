import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import type { PortInfo } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Job, JobUnit, ReportFacts, StageStatus, WizardState } from '../../shared/contract/job.ts';
import { adjustedNotVerified } from '../../shared/wizard/calibrate.ts';
import type { JobStore } from '../store/job-store.ts';
import { replacements } from './replacements.ts';

export interface JobDescription {
  name: string;
  engineer: string;
  customer: string;
}

/** The newest description in the journal; a job that nobody described has the name it was created with. */
export function describedAs(store: JobStore): JobDescription {
  let description: JobDescription = { name: 'Commissioning', engineer: '', customer: '' };
  for (const event of store.events({ subject: 'job' })) {
    if (event.kind === 'job.created')
      description = { ...description, name: (event.body as { name: string }).name };
    if (event.kind === 'job.described') description = event.body as JobDescription;
  }
  return description;
}

/** @throws Failure PROJECT_INVALID, naming the event that is not as it was written. */
export function demandSound(store: JobStore): void {
  const verified = store.verify();
  if (verified.ok) return;
  throw new Failure('PROJECT_INVALID', {
    path: store.path,
    detail: `event ${verified.seq}: ${verified.reason}`,
  });
}

export function reportsOf(store: JobStore): ReportFacts[] {
  return [...store.events({ kind: 'report.built' })].map((event) => event.body as ReportFacts);
}

/** The job as its home screen shows it: units down, stations across. */
export function jobOverview(
  store: JobStore,
  wizards: readonly WizardState[],
  ports: readonly PortInfo[],
): Job {
  const units = new Map<string, JobUnit>();
  for (const wizard of wizards) {
    if (wizard.kind === 'provision' && wizard.unit && wizard.port) {
      const known = units.get(wizard.unit.hardwareId);
      units.set(wizard.unit.hardwareId, {
        ...(known ?? newUnit(wizard.unit.hardwareId)),
        port: wizard.port.port,
        identity: wizard.unit,
        settings: wizard.settings ?? known?.settings ?? null,
      } as JobUnit);
    }
    place(units, wizard);
  }
  placeCalibrations(units, wizards);
  for (const report of reportsOf(store)) {
    const unit = units.get(report.unit);
    if (unit) unit.report = report;
  }
  for (const [old, replacedBy] of replacements(wizards)) {
    const [dead, successor] = [units.get(old), units.get(replacedBy)];
    if (dead) dead.replacedBy = replacedBy;
    if (successor) successor.replaces = old;
  }
  const head = store.head();
  return {
    ...describedAs(store),
    path: store.path,
    units: [...units.values()].map((unit) => finish(unit, ports)),
    events: head.seq,
    head: head.hash,
  };
}

const newUnit = (hardwareId: string): Partial<JobUnit> => ({
  hardwareId,
  present: false,
  provisioned: 'none',
  calibrated: 'none',
  validated: 'none',
  report: null,
  replaces: null,
  replacedBy: null,
  next: 'provision',
  wizards: { provision: null, calibrate: null, validate: null },
});

/** Enters a wizard at its unit; a later wizard of the same kind replaces an earlier one. */
function place(units: Map<string, JobUnit>, wizard: WizardState): void {
  const id = wizard.kind === 'provision' ? wizard.unit?.hardwareId : wizard.unit;
  const unit = id === undefined ? undefined : units.get(id);
  if (!unit || wizard.kind === 'calibrate') return;
  unit.wizards = { ...unit.wizards, [wizard.kind]: wizard.id };
  const status = statusOf(wizard);
  if (wizard.kind === 'provision') unit.provisioned = status;
  else unit.validated = status;
}

const worstFirst: readonly StageStatus[] = ['unverified', 'failed', 'open'];

/**
 * Each channel's newest calibration counts, one whose channel is not yet chosen only while it is the newest; of a unit
 * is said what is worst of its channels, so that one which passes hides no other that does not.
 */
function placeCalibrations(units: Map<string, JobUnit>, wizards: readonly WizardState[]): void {
  for (const unit of units.values()) {
    const newest = new Map<string, CalibrateState>();
    for (const wizard of wizards) {
      if (wizard.kind !== 'calibrate' || wizard.unit !== unit.hardwareId) continue;
      newest.delete('');
      newest.delete(wizard.plan?.channel ?? '');
      newest.set(wizard.plan?.channel ?? '', wizard);
    }
    const all = [...newest.values()];
    const worst = worstFirst.find((status) => all.some((one) => statusOf(one) === status));
    const told = all.findLast((one) => worst === undefined || statusOf(one) === worst);
    if (!told) continue;
    unit.calibrated = statusOf(told);
    unit.wizards = { ...unit.wizards, calibrate: told.id };
  }
}

function statusOf(wizard: WizardState): StageStatus {
  if (wizard.kind === 'calibrate' && adjustedNotVerified(wizard)) return 'unverified';
  if (wizard.kind !== 'provision' && wizard.verdict !== null)
    return wizard.verdict === 'pass' ? 'done' : 'failed';
  if (wizard.done) return 'done';
  return wizard.failure ? 'failed' : 'open';
}

function finish(unit: JobUnit, ports: readonly PortInfo[]): JobUnit {
  const next = (['provision', 'calibrate', 'validate'] as const).find(
    (kind) => unit[station[kind]] !== 'done',
  );
  return {
    ...unit,
    present: ports.some(({ port }) => port === unit.port),
    next: unit.replacedBy !== null ? 'none' : (next ?? (unit.report ? 'none' : 'report')),
  };
}

const station = { provision: 'provisioned', calibrate: 'calibrated', validate: 'validated' } as const;
