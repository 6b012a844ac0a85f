import { Failure } from '../../shared/contract/failure.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { ProofLine, ProvisionFact, ProvisionState } from '../../shared/contract/provision.ts';
import type { RunTask, TaskTable } from '../../shared/wizard/task.ts';
import type { Connections } from '../drivers/connections.ts';
import type { AgentHello, PushedFile, UnitFile, UnitSession } from '../drivers/driver.ts';
import {
  agentFiles,
  CALIBRATION_PATH,
  CONFIG_PATH,
  configFile,
  fileVersion,
  nominalCalibrationFile,
  profileOf,
  servesProfile,
} from './files.ts';

export interface ProvisionTools {
  connections: Connections;
  profiles: ReadonlyMap<string, Profile>;
  resources: string;
}

type Task = RunTask<ProvisionState, ProvisionFact>;

/** The tasks of the provisioning wizard: identify the unit, plan the files, push them and prove what runs. */
export function provisionTasks(tools: ProvisionTools): TaskTable<ProvisionState, ProvisionFact> {
  const alone =
    (task: Task): Task =>
    (state, context) =>
      tools.connections.exclusively(state.port?.port ?? '', () => task(state, context));
  return { identify: alone(identify(tools)), plan: alone(plan(tools)), push: alone(push(tools)) };
}

const identify =
  ({ connections }: ProvisionTools): Task =>
  async (state, { fact, signal }) => {
    if (!state.port) throw new Failure('STEP_BLOCKED', { detail: 'no port is chosen' });
    fact({ type: 'identified', unit: await connections.identify(state.port, signal) });
  };

const plan =
  (tools: ProvisionTools): Task =>
  async (state, { fact, signal }) => {
    const { session, expected } = await unitOf(tools, state, signal);
    const files = await filesFor(tools, state, session, expected, signal);
    fact({
      type: 'planned',
      plan: files.map(({ path, bytes, sha256 }) => ({ path, size: bytes.length, sha256 })),
    });
  };

const push =
  (tools: ProvisionTools): Task =>
  async (state, { fact, progress, signal }) => {
    const { session, port, expected } = await unitOf(tools, state, signal);
    const files = await filesFor(tools, state, session, expected, signal);
    refuseChangedPlan(state, files);
    const pushed = await session.push(files, {
      expected,
      signal,
      onProgress: (p) =>
        progress(p.step, { file: p.file, done: p.done, total: p.total }, p.bytesDone, p.bytesTotal),
    });
    fact({ type: 'pushed', files: pushed });
    progress('restarting', { unit: expected }, 0, 1);
    const hello = await tools.connections.restart(port, expected, signal).catch((thrown: unknown) => {
      throw Failure.from(thrown).leaving('staged');
    });
    const proof = prove(pushed, hello);
    const wrong = proof.find((line) => !line.equal);
    if (wrong) {
      const found = wrong.running ?? 'nothing';
      throw new Failure(
        'VERIFY_FAILED',
        { path: wrong.path, expected: wrong.pushed, found },
        { deviceState: 'indeterminate' },
      );
    }
    fact({ type: 'proved', proof, agent: hello.agent });
  };

async function unitOf(
  { connections }: ProvisionTools,
  state: ProvisionState,
  signal: AbortSignal,
): Promise<{ session: UnitSession; port: string; expected: string }> {
  if (!state.port || !state.unit) throw new Failure('STEP_BLOCKED', { detail: 'no unit is identified' });
  const expected = state.unit.hardwareId;
  const session = await connections.session(state.port.port, expected, signal);
  return { session, port: state.port.port, expected };
}

/** The files for this unit. A calibration that it already holds is kept: as-found must be as it was found. */
async function filesFor(
  { profiles, resources }: ProvisionTools,
  state: ProvisionState,
  session: UnitSession,
  expected: string,
  signal: AbortSignal,
): Promise<UnitFile[]> {
  if (!state.settings) throw new Failure('STEP_BLOCKED', { detail: 'the unit is not described' });
  const profile = profileOf(profiles, state.settings.profile);
  const oldConfig = await session.read(CONFIG_PATH, { expected, signal });
  const calibration = await session.read(CALIBRATION_PATH, { expected, signal });
  const keep = calibration !== null && servesProfile(calibration, profile);
  const sameVersion = configFile(state.settings, profile, fileVersion(oldConfig));
  const unchanged = oldConfig !== null && Buffer.from(oldConfig).equals(sameVersion.bytes);
  return [
    unchanged ? sameVersion : configFile(state.settings, profile, fileVersion(oldConfig) + 1),
    ...(keep ? [] : [nominalCalibrationFile(profile)]),
    ...(await agentFiles(resources)),
  ];
}

/** Only what was shown is written. A push that is repeated after it was cut may meet files of its own. */
function refuseChangedPlan(state: ProvisionState, files: readonly UnitFile[]): void {
  const planned = new Map((state.plan ?? []).map((file) => [file.path, file.sha256]));
  const stranger = files.find(({ path, sha256 }) => planned.get(path) !== sha256);
  if (!stranger) return;
  throw new Failure('STEP_BLOCKED', {
    detail: `the plan for ${stranger.path} is no longer what was shown; describe the unit again`,
  });
}

/** What was pushed beside what the agent hashed before it loaded it. */
export function prove(pushed: readonly PushedFile[], hello: AgentHello): ProofLine[] {
  return pushed.map(({ path, sha256 }) => {
    const running = hello.files[path] ?? null;
    return { path, pushed: sha256, running, equal: running === sha256 };
  });
}
