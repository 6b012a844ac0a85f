import type { CalibrateState, CalibrationPlan } from '../../shared/contract/calibrate.ts';
import type { Laboratory } from '../../shared/contract/certificate.ts';
import type { PortInfo, UnitIdentity } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { ReportFacts, RunState, WizardState } from '../../shared/contract/job.ts';
import type { ProvisionState, UnitSettings } from '../../shared/contract/provision.ts';
import type { Recipe } from '../../shared/contract/recipe.ts';
import type { Scope } from '../../shared/report/record.ts';
import { actAndWait } from './act-and-wait.ts';
import { calibrateUnit } from './calibrate-unit.ts';
import type { Desk } from './desk.ts';
import { leftByRun } from './left.ts';

export interface RunOptions {
  desk: Desk;
  recipe: Recipe;
  port: PortInfo;
  /** Null where the recipe measures nothing. */
  reference: string | null;
  /** The register's number of a standard. @throws Failure NOT_FOUND */
  standardOf: (named: NonNullable<Recipe['standard']>) => string;
  /** The standard of this calibration may be used. @throws Failure STANDARD_UNSUITABLE */
  demandStandard: (recipe: Recipe, wizard: CalibrateState) => void;
  /** What stands on the plate of this unit. */
  settingsOf: (unit: UnitIdentity) => UnitSettings;
  signal: AbortSignal;
  describe: (facts: { name: string; engineer: string; customer: string }) => void;
  buildReport: (unit: string, scope: Scope) => Promise<ReportFacts>;
  /** Issues the certificate of a calibration that has ended. */
  issueCertificate: (wizard: string, laboratory: Laboratory | null) => Promise<unknown>;
  changed: (state: RunState) => void;
}

/**
 * Carries a recipe out by acting on the same wizards that a person uses, so that it passes the same gates and leaves
 * the same record. Resolves with the last state; a failure is in it, not thrown.
 */
export async function runRecipe(options: RunOptions): Promise<RunState> {
  const { recipe, port, changed } = options;
  let state: RunState = {
    recipe: recipe.title,
    port: port.port,
    stage: 'provision',
    wizard: null,
    unit: null,
    verdict: null,
    failure: null,
    report: null,
  };
  const update = (change: Partial<RunState>): void => {
    state = { ...state, ...change };
    changed(state);
  };
  update({});
  try {
    options.describe({ name: recipe.title, ...recipe.report });
    const described = await describeUnit(options, update);
    // The reference must answer before anything is written: a unit is not left half done for want of it.
    const measured = recipe.calibrate && (await openReference(options, described.hardwareId, update));
    await push(options, described.wizard, update);
    const calibrated =
      !measured || !recipe.calibrate || (await calibrate(options, recipe.calibrate, measured, update));
    if (measured && recipe.certificate) {
      await options.issueCertificate(measured.id, recipe.certificate.laboratory);
    }
    const validated =
      !recipe.validate || (await validate(options, recipe.validate, described.hardwareId, update));
    update({ stage: 'report', wizard: null });
    const scope = { calibration: recipe.calibrate !== null, validation: recipe.validate !== null };
    const report = await options.buildReport(described.hardwareId, scope);
    update({ stage: 'done', report, verdict: calibrated && validated ? 'pass' : 'fail' });
  } catch (thrown) {
    update({ stage: 'failed', failure: failureOf(thrown, state, options).toJSON() });
  }
  return state;
}

/** A recipe that was stopped is CANCELLED. What earlier steps did to the unit is part of how it was left. */
function failureOf(thrown: unknown, { stage, unit }: RunState, { desk, signal }: RunOptions): Failure {
  const failure = Failure.from(thrown);
  const left = leftByRun(failure.deviceState, desk.list(), unit);
  if (!signal.aborted) return failure.leaving(left);
  return new Failure('CANCELLED', { during: `carrying out the recipe (${stage})` }, { deviceState: left });
}

type Update = (change: Partial<RunState>) => void;

async function describeUnit(
  options: RunOptions,
  update: Update,
): Promise<{ wizard: ProvisionState; hardwareId: string }> {
  let wizard = open(options, { kind: 'provision' }, update);
  wizard = await actAndWait(options, wizard, { type: 'identify', port: options.port });
  if (!wizard.unit) throw new Failure('INTERNAL', { detail: 'the unit was not identified' });
  update({ unit: wizard.unit.hardwareId });
  const { software, connection } = options.recipe;
  const settings = options.settingsOf(wizard.unit);
  wizard = await actAndWait(options, wizard, { type: 'describe', settings, software });
  wizard = await actAndWait(options, wizard, { type: 'connect', connection });
  return { wizard, hardwareId: wizard.unit?.hardwareId ?? '' };
}

async function openReference(options: RunOptions, unit: string, update: Update): Promise<CalibrateState> {
  const wizard = open(options, { kind: 'calibrate', unit, port: options.port.port }, update);
  const { recipe } = options;
  const chosen = await actAndWait(options, wizard, {
    type: 'chooseReference',
    port: options.reference ?? '',
    source: recipe.source,
    standard: recipe.standard && options.standardOf(recipe.standard),
  });
  options.demandStandard(recipe, chosen);
  return chosen;
}

async function push(options: RunOptions, described: ProvisionState, update: Update): Promise<void> {
  update({ wizard: described.id });
  let wizard = await actAndWait(options, described, { type: 'push' });
  if (options.recipe.connection.broker) wizard = await actAndWait(options, wizard, { type: 'proveBroker' });
  await actAndWait(options, wizard, { type: 'finish' });
}

async function calibrate(
  options: RunOptions,
  plan: CalibrationPlan,
  opened: CalibrateState,
  update: Update,
): Promise<boolean> {
  update({ stage: 'calibrate', wizard: opened.id });
  let wizard = await actAndWait(options, opened, { type: 'plan', plan });
  const { certificate } = options.recipe;
  if (certificate) {
    const { circumstances, standardOverride: reason } = certificate;
    wizard = await actAndWait(options, wizard, { type: 'circumstances', circumstances });
    if (reason !== null) wizard = await actAndWait(options, wizard, { type: 'overrideStandard', reason });
  }
  const calibrated = await calibrateUnit(options, wizard);
  return calibrated.verdict === 'pass';
}

async function validate(
  options: RunOptions,
  { rules, setPoints, timeoutSeconds, quietSeconds }: NonNullable<Recipe['validate']>,
  unit: string,
  update: Update,
): Promise<boolean> {
  update({ stage: 'validate' });
  let wizard = open(options, { kind: 'validate', unit, port: options.port.port }, update);
  wizard = await actAndWait(options, wizard, { type: 'rules', rules });
  const mistake = wizard.mistakes[0];
  if (mistake) throw new Failure('RULES_INVALID', { detail: `${mistake.path}: ${mistake.message}` });
  wizard = await actAndWait(options, wizard, { type: 'quiet', seconds: quietSeconds });
  wizard = await actAndWait(options, wizard, { type: 'push' });
  const referencePort = setPoints.length > 0 ? options.reference : null;
  wizard = await actAndWait(options, wizard, { type: 'prove', referencePort, setPoints, timeoutSeconds });
  wizard = await actAndWait(options, wizard, { type: 'finish' });
  return wizard.verdict === 'pass';
}

function open<K extends WizardState['kind']>(
  { desk }: RunOptions,
  opening: Extract<Parameters<Desk['open']>[0], { kind: K }>,
  update: Update,
): Extract<WizardState, { kind: K }> {
  const wizard = desk.open(opening);
  update({ wizard: wizard.id });
  return wizard as Extract<WizardState, { kind: K }>;
}
