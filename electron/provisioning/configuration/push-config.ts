import { Failure } from '../../../shared/contract/failure.ts';
import type { PushJournal, SlotName } from '../../../shared/contract/provision.ts';
import type { Connections } from '../../drivers/connections.ts';
import type { SlotImage, UnitSession, UnitSoftware } from '../../drivers/driver.ts';
import { unitFile } from '../files.ts';
import { heldManifest, imageOf, slotFile } from '../software/software.ts';

const configPath = '/config.json';
const trampolinePath = '/main.py';

export interface Place {
  port: string;
  expected: string;
  signal: AbortSignal;
}

/**
 * The software that the unit holds for good, with another configuration: everything else is on the unit and is taken
 * from there. STEP_BLOCKED where there is none.
 */
export async function withConfig(
  session: UnitSession,
  held: UnitSoftware,
  config: Uint8Array,
  { expected, signal }: Place,
): Promise<SlotImage> {
  const manifest = heldManifest(held);
  if (!manifest) throw blocked('the unit holds no software of ours for good; provision it first');
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

/**
 * The slot that is on trial, where it holds just this image: what a restore that was cut has left, which only remains
 * to be started and confirmed. Null: nothing is on trial. STEP_BLOCKED: something else is.
 */
export function onTrial(
  { active, bootsLeft, slots }: UnitSoftware,
  image: SlotImage | null,
): SlotName | null {
  if (active === null || bootsLeft === null) return null;
  if (slots[active]?.manifest === image?.manifest.sha256) return active;
  throw blocked('other software on the unit is on trial; finish its push or roll it back first');
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
    await session.rollBack({ expected, from: slot, signal });
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
