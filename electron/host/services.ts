import type { EventName, EventPayload } from '../../shared/contract/contract.ts';
import type { PortInfo } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Job, JobUnit } from '../../shared/contract/job.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { UnitSettings } from '../../shared/contract/provision.ts';
import type { Connections } from '../drivers/connections.ts';
import type { Lab } from '../lab/lab.ts';
import type { LiveHub } from '../live/live-hub.ts';
import type { CompileTarget } from '../rules/compiled.ts';
import type { Vault } from '../secrets/secrets.ts';
import type { JobStore } from '../store/job-store.ts';
import type { AttachedBench } from './bench.ts';
import type { Desk } from './desk.ts';
import { type JobDescription, jobOverview } from './job.ts';
import type { NetworkLooks } from './network.ts';
import type { HostOptions } from './options.ts';
import type { Standards } from './standards.ts';

/** What the host consists of; the handlers work with these and nothing else. */
export interface Services {
  readonly options: HostOptions;
  readonly store: JobStore;
  readonly desk: Desk;
  readonly connections: Connections;
  readonly live: LiveHub;
  readonly lab: Lab;
  readonly bench: AttachedBench | null;
  readonly profiles: ReadonlyMap<string, Profile>;
  /** The project's secrets; everything else holds their names. */
  readonly vault: Vault;
  readonly network: NetworkLooks;
  /** The register of reference standards. */
  readonly standards: Standards;
  /** The ports as they were listed last. */
  readonly ports: () => readonly PortInfo[];
  /** Enters a new description of the job in the record. */
  describe(description: JobDescription): void;
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
}

export const overview = ({ store, desk, ports }: Pick<Services, 'store' | 'desk' | 'ports'>): Job =>
  jobOverview(store, desk.list(), ports());

/** @throws Failure NOT_FOUND */
export function unitOf(services: Parameters<typeof overview>[0], hardwareId: string): JobUnit {
  const unit = overview(services).units.find((candidate) => candidate.hardwareId === hardwareId);
  if (!unit) throw new Failure('NOT_FOUND', { thing: 'unit', id: hardwareId });
  return unit;
}

/**
 * Where a unit is: on the port whose USB serial number is its hardware id (MicroPython's RP2 and STM32 ports give it
 * out so), or else where it was identified last: a port's name changes when cables are put in again. Whoever goes
 * there asks the unit itself who it is.
 */
export function portOfUnit(
  { desk, ports }: Pick<Services, 'desk' | 'ports'>,
  unit: string,
  opened: string,
): string {
  const named = ports().find(({ serialNumber }) => serialNumber?.toLowerCase() === unit);
  if (named) return named.port;
  const identified = desk
    .list()
    .findLast((wizard) => wizard.kind === 'provision' && wizard.unit?.hardwareId === unit && wizard.port);
  return (identified?.kind === 'provision' && identified.port?.port) || opened;
}

type Provisioned = Pick<Services, 'desk' | 'profiles'>;

function settingsOf({ desk }: Pick<Services, 'desk'>, unit: string): UnitSettings | null {
  const provisioned = desk
    .list()
    .findLast((wizard) => wizard.kind === 'provision' && wizard.unit?.hardwareId === unit && wizard.settings);
  return provisioned?.kind === 'provision' ? provisioned.settings : null;
}

/** The profile that a unit of this job was provisioned with. */
export function profileOfUnit({ desk, profiles }: Provisioned, unit: string): Profile {
  const profile = profiles.get(settingsOf({ desk }, unit)?.profile ?? '');
  if (!profile)
    throw new Failure('STEP_BLOCKED', { detail: `the unit ${unit} is not provisioned in this job` });
  return profile;
}

/** What the rule compiler must know of a unit: it scans as often as it was provisioned to. */
export function targetOfUnit(services: Provisioned, unit: string): CompileTarget {
  const { channels } = profileOfUnit(services, unit);
  const periodMs = settingsOf(services, unit)?.periodMs;
  return { channels, options: periodMs === undefined ? {} : { periodMs } };
}
