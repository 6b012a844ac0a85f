import type { ConnectionSettings } from '../../../shared/contract/connection.ts';
import type { JobUnit, WizardState } from '../../../shared/contract/job.ts';
import type { Profile } from '../../../shared/contract/profile.ts';
import { type ProvisionState, UnitSettings } from '../../../shared/contract/provision.ts';

/** What the form starts with: what the unit already says of itself, and the first profile. */
export function firstSettings(state: ProvisionState, profiles: readonly Profile[]): UnitSettings {
  return {
    tag: state.unit?.tag ?? '',
    asset: '',
    location: '',
    profile: profiles[0]?.id ?? '',
    periodMs: 100,
  };
}

/** The connection of the newest unit of the job: the next one mostly goes to the same broker. */
export function newestConnection(
  state: ProvisionState,
  wizards: readonly WizardState[],
): ConnectionSettings | null {
  const others = wizards.filter((wizard) => wizard.kind === 'provision' && wizard.id !== state.id);
  const connections = others
    .sort((a, b) => number(b) - number(a))
    .map((wizard) => (wizard.kind === 'provision' ? wizard.connection : null));
  return connections.find((connection) => connection !== null) ?? null;
}

/** Wizards are numbered `w1`, `w2`, … */
const number = (wizard: WizardState): number => Number(wizard.id.slice(1));

const settingsFields = ['tag', 'asset', 'location', 'profile', 'periodMs'] as const;
type SettingsField = (typeof settingsFields)[number];

/** The first field that is not right yet, as the contract sees it; null where all are. */
export function settingsProblem(settings: UnitSettings): SettingsField | null {
  const parsed = UnitSettings.safeParse(settings);
  if (parsed.success) return null;
  const wrong = parsed.error.issues.map((issue) => issue.path[0]);
  return settingsFields.find((field) => wrong.includes(field)) ?? 'tag';
}

/** Another unit of the job that bears the tag already; two sensors of one name cannot be told apart in a report. */
export function unitWithTag(
  units: readonly JobUnit[],
  tag: string,
  hardwareId: string | null,
): JobUnit | null {
  if (tag === '') return null;
  return units.find((unit) => unit.hardwareId !== hardwareId && unit.settings?.tag === tag) ?? null;
}
