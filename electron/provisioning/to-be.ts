import type { z } from 'zod';
import { type ConfigurationFiles, difference, leaveOut } from '../../shared/configuration/configuration.ts';
import type { ConfigurationFile, DifferenceLine, Snapshot } from '../../shared/contract/configuration.ts';
import { configurationFiles } from '../../shared/contract/configuration.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { PlannedFile, ProvisionState } from '../../shared/contract/provision.ts';
import type { UnitFile, UnitSoftware } from '../drivers/driver.ts';
import { bytesIn } from './as-found.ts';
import { configFile, type Described, factoryConfigFile, secretNamesOf } from './config-file.ts';
import { rulesOfDeadUnit } from './dead-unit.ts';
import {
  CALIBRATION_PATH,
  CONFIG_PATH,
  fileVersion,
  nominalCalibrationFile,
  profileOf,
  RULES_PATH,
  servesProfile,
  unitFile,
} from './files.ts';
import { type ChosenSoftware, softwareFor } from './software/software.ts';
import type { ProvisionTools } from './tools.ts';

export interface ToBe {
  software: ChosenSoftware;
  config: UnitFile;
  /** Outside of the slots, where the unit holds something else: a calibration where it has none that serves, rules. */
  data: UnitFile[];
  difference: DifferenceLine[];
  plan: z.infer<typeof PlannedFile>[];
}

/**
 * What the unit is to hold, from what was asked for and from what it held when it was read: the same every time, so
 * that what is pushed is what was shown. Files with secrets are made when it is pushed and stand in no plan.
 */
export async function toBeOf(
  tools: ProvisionTools,
  state: ProvisionState,
  { snapshot: asFound, held }: { snapshot: Snapshot; held: UnitSoftware },
): Promise<ToBe> {
  const described = describedIn(tools, state);
  const { store, resources, version: appVersion } = tools;
  const identity = asFound.unit;
  const software = await softwareFor({ store, resources, appVersion, now: new Date() }, state.software, {
    identity,
    held,
  });
  const found = filesFound(asFound);
  const wanted = await wantedFiles(tools, state, described, found);
  const kept = leaveOut(wanted, found, state.leftOut);
  const config = unitFile(CONFIG_PATH, kept.files.get('config.json') ?? new Uint8Array());
  const data = [['calibration.json', CALIBRATION_PATH] as const, ['rules.json', RULES_PATH] as const].flatMap(
    ([name, path]) => {
      const bytes = kept.files.get(name);
      return bytes === undefined || isSame(bytes, found.files.get(name)) ? [] : [unitFile(path, bytes)];
    },
  );
  const factory = {
    files: new Map([
      ['config.json', factoryConfigFile(described.profile).bytes],
      ['calibration.json', nominalCalibrationFile(described.profile).bytes],
    ]),
    secrets: [],
  };
  const files = [...software.files, config, ...data, software.trampoline];
  return {
    software,
    config,
    data,
    difference: difference(factory, found, wanted),
    plan: files.map(({ path, bytes, sha256 }) => ({ path, size: bytes.length, sha256 })),
  };
}

function describedIn({ profiles }: ProvisionTools, state: ProvisionState): Described {
  const { settings, connection, unit, replaces } = state;
  if (!settings || !connection || !unit) {
    throw new Failure('STEP_BLOCKED', { detail: 'the unit is not described' });
  }
  if (replaces === unit.hardwareId) {
    throw new Failure('STEP_BLOCKED', { detail: 'this is the very unit that is to be replaced' });
  }
  return {
    settings,
    connection,
    profile: profileOf(profiles, settings.profile),
    hardwareId: unit.hardwareId,
  };
}

const isSame = (a: Uint8Array, b: Uint8Array | undefined): boolean =>
  b !== undefined && Buffer.from(a).equals(b);

function filesFound(asFound: Snapshot): ConfigurationFiles {
  const files = configurationFiles.flatMap((name): [ConfigurationFile, Uint8Array][] => {
    const bytes = bytesIn(asFound, name);
    return bytes === null ? [] : [[name, bytes]];
  });
  return { files: new Map(files), secrets: asFound.secrets };
}

/** The version of a configuration counts up where anything in it becomes another. */
async function wantedFiles(
  { store }: ProvisionTools,
  state: ProvisionState,
  described: Described,
  found: ConfigurationFiles,
): Promise<ConfigurationFiles> {
  const held = found.files.get('config.json') ?? null;
  const calibration = found.files.get('calibration.json');
  const serves = calibration !== undefined && servesProfile(calibration, described.profile);
  const rules = state.replaces === null ? null : (rulesOfDeadUnit(store, state.replaces) ?? null);
  const restored = rules ?? found.files.get('rules.json');
  const at = (version: number): ConfigurationFiles => ({
    files: new Map<string, Uint8Array>([
      ['config.json', configFile(described, version).bytes],
      ['calibration.json', serves ? calibration : nominalCalibrationFile(described.profile).bytes],
      ...(restored === undefined ? [] : [['rules.json', restored] as const]),
    ]),
    secrets: secretNamesOf(described.connection),
  });
  const version = fileVersion(held);
  const same = at(version);
  const kept = leaveOut(same, found, state.leftOut).files.get('config.json');
  return kept !== undefined && held !== null && isSame(kept, held) ? same : at(version + 1);
}

/** Only what was shown is written. */
export function refuseChangedPlan(state: ProvisionState, { plan }: ToBe): void {
  const shown = new Map((state.plan ?? []).map((file) => [file.path, file.sha256]));
  const stranger = plan.find(({ path, sha256 }) => shown.get(path) !== sha256);
  if (stranger === undefined && plan.length === shown.size) return;
  const detail = `the plan for ${stranger?.path ?? 'the unit'} is no longer what was shown; read the unit again`;
  throw new Failure('STEP_BLOCKED', { detail });
}

/** What a person saw as found must still be so, or be of this very plan (of a push of it that was cut). */
export function refuseChangedUnit(shown: Snapshot, now: Snapshot, toBe: ToBe): void {
  const planned: Readonly<Record<ConfigurationFile, string | undefined>> = {
    'config.json': toBe.config.sha256,
    'calibration.json': toBe.data.find(({ path }) => path === CALIBRATION_PATH)?.sha256,
    'rules.json': toBe.data.find(({ path }) => path === RULES_PATH)?.sha256,
  };
  const hashIn = (snapshot: Snapshot, name: string): string | undefined =>
    snapshot.files.find((file) => file.name === name)?.sha256;
  for (const name of configurationFiles) {
    const held = hashIn(now, name);
    if (held === hashIn(shown, name) || (held !== undefined && held === planned[name])) continue;
    const detail = `the ${name} of the unit is no longer as it was shown; read the unit again`;
    throw new Failure('STEP_BLOCKED', { detail });
  }
}
