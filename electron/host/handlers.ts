import { platform } from 'node:os';
import type { WizardKind, WizardState } from '../../shared/contract/job.ts';
import { type Batch, batchHandlers } from './batch.ts';
import { calibrationHandlers } from './calibrations.ts';
import { certificateHandlers } from './certificates.ts';
import type { TakenRules } from './desk.ts';
import { dossierHandlers } from './dossiers.ts';
import { reportsOf } from './job.ts';
import { labHandlers } from './lab.ts';
import { laboratoryHandlers } from './laboratory.ts';
import { importNames } from './names.ts';
import { networkHandlers } from './network.ts';
import type { RunQueue } from './queue.ts';
import { demoRecipe } from './recipes.ts';
import { recordingHandlers } from './recordings.ts';
import { replaceUnit } from './replace.ts';
import { buildReport, readReport } from './reports.ts';
import type { Runs } from './runs.ts';
import type { Handlers } from './server.ts';
import { overview, portOfUnit, profileOfUnit, type Services, unitOf } from './services.ts';
import { softwareHandlers } from './software.ts';
import { standardHandlers } from './standards.ts';
import { unitEventHandlers } from './unit-events.ts';

/** Every method of the contract, bound to the services. */
export function handlersOf(
  services: Services,
  { runs, queue, batch }: { runs: Runs; queue: RunQueue; batch: Batch },
): Handlers {
  const { options, desk, bench, profiles, ports, live, vault } = services;
  return {
    'app.info': () => ({
      version: options.version,
      bench: bench !== null,
      door: options.door,
      platform: platform(),
    }),
    'devices.list': () => [...ports()],
    'profiles.list': () => [...profiles.values()],
    'job.get': () => overview(services),
    'job.describe': (description) => {
      services.describe(description);
      return overview(services);
    },
    'wizard.open': (opening) => openWizard(services, opening),
    'unit.replace': (params) => replaceUnit(services, params),
    'wizard.get': ({ id }) => desk.get(id),
    'wizard.list': () => desk.list(),
    'wizard.act': ({ id, action }) => desk.act(id, action),
    'live.subscribe': ({ unit }, client) => {
      const { channels } = profileOfUnit(services, unit);
      const stream = live.subscribe(
        unit,
        () => portOfUnit(services, unit, unitOf(services, unit).port),
        channels,
        client,
      );
      client.onClose(() => live.unsubscribe(stream));
      return {
        stream,
        channels: channels.map(({ id, unit: unitName, quantum, title }) => ({
          id,
          unit: unitName,
          quantum,
          title,
        })),
      };
    },
    'live.unsubscribe': ({ stream }) => {
      live.unsubscribe(stream);
      return {};
    },
    'bench.state': () => bench?.state() ?? null,
    'bench.setPoint': ({ celsius }) => {
      bench?.setPoint(celsius);
      return bench?.state() ?? null;
    },
    'bench.fault': async ({ board, fault }) => {
      await bench?.fault(board, fault);
      return bench?.state() ?? null;
    },
    'recipe.demo': () => demoRecipe(options.resources, profiles),
    'run.start': (params) => runs.start(params),
    'run.get': () => runs.state(),
    'run.stop': () => runs.stop(),
    'queue.start': (params) => queue.start(params),
    'names.import': ({ csv }) => importNames(csv),
    'queue.get': () => queue.state(),
    'queue.stop': () => queue.stop(),
    'queue.sheet': ({ format }) => queue.sheet(format),
    'secrets.put': ({ label, value }) => vault.put(label, value),
    'secrets.list': () => vault.list(),
    'report.build': ({ unit }) => buildReport(services, unit),
    'report.list': () => reportsOf(services.store),
    'report.read': async ({ id, format }) => {
      const { name, bytes } = await readReport(services, id, format);
      return { name, base64: bytes.toString('base64') };
    },
    ...calibrationHandlers(services),
    ...batchHandlers(batch),
    ...softwareHandlers(services),
    ...standardHandlers(services),
    ...networkHandlers(services.network),
    ...dossierHandlers(services),
    ...laboratoryHandlers(services),
    ...certificateHandlers(services),
    ...recordingHandlers(services),
    ...labHandlers(services),
    ...unitEventHandlers(services),
  };
}

type Opening =
  | { kind: 'provision'; fresh: boolean }
  | { kind: Exclude<WizardKind, 'provision'>; unit: string; fresh: boolean };

/** The newest unfinished wizard of that kind (for that unit), or a new one. */
function openWizard(services: Services, opening: Opening): WizardState {
  const { desk } = services;
  const resumable = desk
    .list()
    .findLast(
      (wizard) =>
        wizard.kind === opening.kind &&
        !wizard.done &&
        (opening.kind === 'provision' || (wizard.kind !== 'provision' && wizard.unit === opening.unit)),
    );
  if (resumable && !opening.fresh) return resumable;
  if (opening.kind === 'provision') return desk.open({ kind: 'provision' });
  const { hardwareId, port } = unitOf(services, opening.unit);
  const { kind } = opening;
  const at = { unit: hardwareId, port };
  return desk.open(
    kind === 'validate' ? { kind, ...at, ...rulesBefore(services, hardwareId) } : { kind, ...at },
  );
}

/** Of the unit's last rules wizard that has rules. */
function rulesBefore({ desk }: Services, unit: string): Partial<TakenRules> {
  const before = desk
    .list()
    .findLast((wizard) => wizard.kind === 'validate' && wizard.unit === unit && wizard.rules !== null);
  if (before?.kind !== 'validate') return {};
  const { rules, tests, quietSeconds } = before;
  return { rules, tests, quietSeconds };
}
