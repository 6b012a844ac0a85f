import { noConnection } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type {
  ProvisionFact,
  ProvisionState,
  PushJournal,
  SlotName,
} from '../../shared/contract/provision.ts';
import type { TaskContext } from '../../shared/wizard/task.ts';
import type { SlotImage, UnitSoftware } from '../drivers/driver.ts';
import { keptSnapshot, takeSnapshot } from './as-found.ts';
import { equip } from './equip.ts';
import { historyOf, type UnitHistory } from './history.ts';
import { pathsOf, type Staged } from './prove.ts';
import { besideSlotsDiffers, type Standing, standingOf } from './recovery.ts';
import { refuseSharedLogin } from './shared-login.ts';
import { keepDowngrade, slotFile, slotImage } from './software/software.ts';
import { startAndProve } from './start-and-prove.ts';
import { refuseChangedPlan, refuseChangedUnit, type ToBe, toBeOf } from './to-be.ts';
import { type ProvisionTools, type Task, type UnitAtPort, unitOf } from './tools.ts';

type Context = TaskContext<ProvisionFact>;

/**
 * Looks first what an earlier push left; stages, flips, restarts, proves, confirms, each written down before it is
 * done. What does not prove itself is taken back.
 */
export const pushTask =
  (tools: ProvisionTools): Task =>
  async (state, context) => {
    const { signal } = context;
    refuseSharedLogin(tools.store, state);
    const unit = await unitOf(tools, state, signal);
    const { expected, session } = unit;
    const found = await session.software({ expected, signal });
    const toBe = await shownPlan(tools, state, unit, found, context);
    keepDowngrade(tools.store, expected, toBe.software.passed);
    const history = historyOf(tools.store, expected);
    const connection = state.connection ?? noConnection;
    if (connection.broker) context.progress('credential', {}, 0, 1);
    const equipment = await equip(tools, connection, unit, { held: found, history, signal });
    if (equipment.credential) context.fact({ type: 'credential', credential: equipment.credential });
    if (connection.broker) {
      const { authority, signIn } = equipment;
      const guests = { unit: expected, authority, unitLogin: signIn, watcher: null };
      await tools.prepareBroker(connection.broker, guests);
    }
    const files = [slotFile(toBe.config), ...equipment.files];
    const image = slotImage(toBe.software, { files, data: toBe.data });
    const staged = await stage({ unit, image, found, history }, context);
    context.fact({ type: 'pushed', files: staged.files });
    await startAndProve(tools, { ...unit, setTime: connection.setTime }, staged, context);
  };

async function shownPlan(
  tools: ProvisionTools,
  state: ProvisionState,
  { session, expected }: UnitAtPort,
  found: UnitSoftware,
  { signal }: Context,
): Promise<ToBe> {
  if (!state.asFound || !state.unit) throw new Failure('STEP_BLOCKED', { detail: 'the unit was not read' });
  const shown = keptSnapshot(tools.store, state.asFound.sha256, expected);
  const toBe = await toBeOf(tools, state, { snapshot: shown, held: found });
  refuseChangedPlan(state, toBe);
  refuseChangedUnit(shown, await takeSnapshot(session, found, state.unit, { signal }), toBe);
  return toBe;
}

async function stage(
  given: { unit: UnitAtPort; image: SlotImage; found: UnitSoftware; history: UnitHistory },
  { fact, progress, signal }: Context,
): Promise<Staged> {
  const { unit, image } = given;
  const { session, expected } = unit;
  const standing = await standingNow(given, signal);
  if (standing.recovery !== null) fact({ type: 'recovered', recovery: standing.recovery });
  if (standing.go === 'start') {
    const { slot, manifest, files } = standing;
    const held = { ...image, files, manifest };
    const pushed = pathsOf(held, slot).map((file) => ({ ...file, size: sizeOf(held, file), sent: false }));
    return { slot, image: held, files: pushed };
  }
  if (standing.go === 'roll-back') await putBack(unit, standing.from, signal);
  const journal = (stage: PushJournal['stage'], slot: SlotName): void =>
    fact({ type: 'pushing', journal: { slot, manifest: image.manifest.sha256, stage } });
  const { slot, files } = await session.push(image, {
    expected,
    signal,
    before: journal,
    onProgress: (p) =>
      progress(p.step, { file: p.file, done: p.done, total: p.total }, p.bytesDone, p.bytesTotal),
  });
  return { slot, image, files };
}

async function standingNow(
  { unit, image, found, history }: Parameters<typeof stage>[0],
  signal: AbortSignal,
): Promise<Standing> {
  const standing = standingOf(history.journal, found, image);
  if (standing.go !== 'start') return standing;
  const { session, expected } = unit;
  for (const { path, bytes } of [image.trampoline, ...image.data]) {
    const held = await session.read(path, { expected, signal });
    if (held === null || !Buffer.from(held).equals(bytes)) return besideSlotsDiffers(standing, found);
  }
  return standing;
}

const sizeOf = (image: SlotImage, { sha256 }: { sha256: string }): number =>
  image.files.find((file) => file.sha256 === sha256)?.size ??
  [...image.data, image.trampoline].find((file) => file.sha256 === sha256)?.bytes.length ??
  0;

/** A unit that never had other software has nothing to be put back; what is on trial there may be replaced. */
async function putBack(
  { session, expected }: UnitAtPort,
  from: SlotName,
  signal: AbortSignal,
): Promise<void> {
  try {
    await session.rollBack({ expected, from, signal });
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'UNIT_NOT_BOOTABLE') throw thrown;
  }
}
