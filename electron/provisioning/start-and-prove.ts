import { Failure } from '../../shared/contract/failure.ts';
import type { ProofLine, ProvisionFact, PushJournal, SelfTestLine } from '../../shared/contract/provision.ts';
import type { TaskContext } from '../../shared/wizard/task.ts';
import type { AgentHello, AgentLink } from '../drivers/driver.ts';
import { clockFacts, sampleClock, setClock } from './clock.ts';
import { pathsOf, prove, type Staged } from './prove.ts';
import type { ProvisionTools } from './tools.ts';

interface Place {
  port: string;
  expected: string;
  setTime: boolean;
}
type Context = TaskContext<ProvisionFact>;

/** Restarts the unit into the slot, proves what runs there, and only then has the unit keep it. */
export async function startAndProve(
  tools: ProvisionTools,
  place: Place,
  staged: Staged,
  context: Context,
): Promise<void> {
  const { fact, progress, signal } = context;
  const { port, expected } = place;
  const at = (stage: PushJournal['stage']): PushJournal => ({
    slot: staged.slot,
    manifest: staged.image.manifest.sha256,
    stage,
  });
  fact({ type: 'pushing', journal: at('restarting') });
  progress('restarting', { unit: expected }, 0, 1);
  try {
    const hello = await tools.connections.restart(port, expected, signal).catch(flipped);
    demandSlot(hello, staged, expected);
    const link = await tools.connections.agent(port, expected, signal).catch(flipped);
    progress('selftest', {}, 0, 1);
    const { proof, selfTest } = await proveRunning(link, hello, staged, expected);
    progress('clock', {}, 0, 1);
    await clock(tools, link, { ...place, boot: hello.boot }, context);
    fact({ type: 'proved', proof, selfTest, agent: hello.agent });
    fact({ type: 'pushing', journal: at('confirming') });
    progress('confirming', {}, 0, 1);
    // One that refuses has restarted into other software, or cannot write down what it starts.
    await link.confirm(at('confirming').manifest).catch(unknown);
  } catch (thrown) {
    throw await takenBack(tools, place, Failure.from(thrown), { context, journal: at('rolled-back') });
  }
  fact({ type: 'confirmed', journal: at('confirmed') });
}

function unknown(thrown: unknown): never {
  throw Failure.from(thrown).leaving('indeterminate');
}

/** It was seen to run the new software, on trial: one that does not answer any more may have gone back by itself. */
function onTrial(thrown: unknown): never {
  const failure = Failure.from(thrown);
  throw failure.leaving(failure.code === 'UNIT_REFUSED' ? 'new-runs' : 'indeterminate');
}

/** The pointer is flipped: which software the unit starts next is known only where it was asked. */
function flipped(thrown: unknown): never {
  const failure = Failure.from(thrown);
  throw failure.deviceState === 'unchanged' ? failure.leaving('indeterminate') : failure;
}

/** The unit may have given the new slot up by itself, and then runs the old one. */
function demandSlot({ slot, manifest }: AgentHello, { slot: wanted, image }: Staged, unit: string): void {
  if (slot === wanted && manifest === image.manifest.sha256) return;
  const detail = `it started slot ${slot ?? 'none'} with ${manifest?.slice(0, 8) ?? 'no'} software instead of slot ${wanted}`;
  throw new Failure('NOT_CONFIRMED', { unit, detail }, { deviceState: 'old-still-runs' });
}

async function proveRunning(
  link: AgentLink,
  hello: AgentHello,
  { image, slot }: Staged,
  unit: string,
): Promise<{ proof: ProofLine[]; selfTest: SelfTestLine[] }> {
  const proof = prove(pathsOf(image, slot), hello);
  const wrong = proof.find((line) => !line.equal);
  if (wrong) {
    const detail = `${wrong.path} runs as ${wrong.running ?? 'nothing'} instead of ${wrong.pushed}`;
    throw new Failure('NOT_CONFIRMED', { unit, detail }, { deviceState: 'new-runs' });
  }
  const selfTest = await link.selfTest().catch(onTrial);
  const bad = selfTest.find(({ ok }) => !ok);
  if (bad) {
    const detail = `self-test: ${bad.what}: ${bad.detail || 'not passed'}`;
    throw new Failure('NOT_CONFIRMED', { unit, detail }, { deviceState: 'new-runs' });
  }
  return { proof, selfTest };
}

async function clock(
  { startedClocks }: ProvisionTools,
  link: AgentLink,
  { expected, setTime, boot }: Place & { boot: number },
  { fact }: Context,
): Promise<void> {
  const first = await sampleClock(link).catch(onTrial);
  startedClocks.set(expected, { boot, sample: first });
  if (setTime) await setClock(link, first).catch(onTrial);
  const last = setTime ? await sampleClock(link).catch(onTrial) : first;
  fact({ type: 'clock', clock: clockFacts(setTime, first, last) });
}

/** New software that answers but does not prove itself is not left in force where there is an old one. */
async function takenBack(
  tools: ProvisionTools,
  { port, expected }: Place,
  failure: Failure,
  { context, journal }: { context: Context; journal: PushJournal },
): Promise<Failure> {
  if (failure.code !== 'NOT_CONFIRMED') return failure;
  if (failure.deviceState === 'old-still-runs') {
    context.fact({ type: 'pushing', journal });
    return failure;
  }
  try {
    const session = await tools.connections.session(port, expected, context.signal);
    await session.rollBack({ expected, from: journal.slot, signal: context.signal });
    const { manifest } = await tools.connections.restart(port, expected, context.signal);
    if (manifest === journal.manifest) return failure.leaving('new-runs');
    context.fact({ type: 'pushing', journal });
    return failure.leaving('old-still-runs');
  } catch (thrown) {
    if (failure.deviceState === 'indeterminate') return failure;
    // Where there is no old software, the new one stays on trial, and that is said.
    const isAlone = thrown instanceof Failure && thrown.code === 'UNIT_NOT_BOOTABLE';
    return failure.leaving(isAlone ? 'new-runs' : 'indeterminate');
  }
}
