import { Failure } from '../../../shared/contract/failure.ts';
import type { PushJournal, SlotName } from '../../../shared/contract/provision.ts';
import type { Connections } from '../../drivers/connections.ts';
import type { SlotImage, UnitSession, UnitSoftware } from '../../drivers/driver.ts';
import { unitFile } from '../files.ts';
import { imageOf, slotFile, slotManifest } from '../software/software.ts';

const configPath = '/config.json';
const trampolinePath = '/main.py';

export interface Place {
  port: string;
  expected: string;
  signal: AbortSignal;
}

/**
 * The software that the unit has, with another configuration: everything but the configuration is on the unit and is
 * taken from there. STEP_BLOCKED where there is no confirmed slot to take it from.
 */
export async function withConfig(
  session: UnitSession,
  { active, bootsLeft, slots }: UnitSoftware,
  config: Uint8Array,
  { expected, signal }: Place,
): Promise<SlotImage> {
  const held = active === null ? null : slots[active];
  const manifest = held && slotManifest(held.text);
  if (!manifest) throw blocked('the unit holds no software of ours; provision it first');
  if (bootsLeft !== null)
    throw blocked('the software on the unit is on trial; finish its push or roll it back first');
  const trampoline = await session.read(trampolinePath, { expected, signal });
  if (!trampoline) throw blocked('the unit has nothing that starts its software; provision it first');
  const kept = manifest.files.filter(([path]) => path !== configPath);
  return imageOf({
    facts: { product: manifest.product, version: manifest.version, securityCounter: manifest.counter },
    files: [
      ...kept.map(([path, size, sha256]) => ({ path, size, sha256, bytes: null })),
      slotFile(unitFile(configPath, config)),
    ],
    trampoline: unitFile(trampolinePath, trampoline),
    data: [],
  });
}

const blocked = (detail: string): Failure => new Failure('STEP_BLOCKED', { detail });

/** Starts the slot, and has the unit keep it when it runs with just this configuration; takes it back where not. */
export async function startConfig(
  connections: Connections,
  { slot, image }: { slot: SlotName; image: SlotImage },
  place: Place,
  journal: (stage: PushJournal['stage']) => void,
): Promise<void> {
  const { port, expected, signal } = place;
  journal('restarting');
  const hello = await connections.restart(port, expected, signal);
  if (hello.slot !== slot || hello.manifest !== image.manifest.sha256) {
    journal('rolled-back');
    throw notConfirmed(expected, `it started slot ${hello.slot ?? 'none'} instead of ${slot}`);
  }
  const link = await connections.agent(port, expected, signal);
  const unfit = (await link.selfTest()).find(({ what, ok }) => what === 'config' && !ok);
  if (unfit) {
    const session = await connections.session(port, expected, signal);
    await session.rollBack({ expected, signal });
    await connections.restart(port, expected, signal);
    journal('rolled-back');
    throw notConfirmed(expected, `it cannot use this configuration: ${unfit.detail}`);
  }
  journal('confirming');
  await link.confirm(image.manifest.sha256);
  journal('confirmed');
}

const notConfirmed = (unit: string, detail: string): Failure =>
  new Failure('NOT_CONFIRMED', { unit, detail }, { deviceState: 'old-still-runs' });
