import type { CalibrateFact, CalibrateState } from '../../shared/contract/calibrate.ts';
import type { EventPayload } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Profile, ProfileChannel } from '../../shared/contract/profile.ts';
import { nextPoint, presentRun } from '../../shared/wizard/calibrate.ts';
import type { RunTask, TaskTable } from '../../shared/wizard/task.ts';
import type { Connections } from '../drivers/connections.ts';
import type { AgentLink } from '../drivers/driver.ts';
import type { SharedReferences } from '../drivers/shared-reference.ts';
import { CALIBRATION_PATH, lineIn } from './calibration-file.ts';
import { demandLine, demandSame, demandUnit } from './demands.ts';
import { fitPoints } from './fit.ts';
import { measurePoint } from './measure.ts';
import { writeCalibration } from './write.ts';

/** Full scale of one ADC reading as the agent takes it (`read_u16`). */
const ADC_FULL_SCALE = 65_535;

export interface CalibrationTools {
  connections: Connections;
  references: SharedReferences;
  profileOf: (unit: string) => Profile;
  /** Where a unit is now; `opened` is where it was when the wizard was opened. */
  portOf: (unit: string, opened: string) => string;
  /** The reason a person gave for taking the running reading at once. */
  overrideOf: (wizard: string) => string | null;
  live: (update: EventPayload<'calibrate.live'>) => void;
}

type Task = RunTask<CalibrateState, CalibrateFact>;

/** The tasks of the calibration wizard. */
export function calibrationTasks(tools: CalibrationTools): TaskTable<CalibrateState, CalibrateFact> {
  return { 'identify-reference': identifyReference(tools), measure: measure(tools), adjust: adjust(tools) };
}

const identifyReference =
  ({ connections, profileOf }: CalibrationTools): Task =>
  async (state, { fact, signal }) => {
    const port = state.referencePort ?? '';
    const reference = await connections.identifyReference(port, signal);
    demandUnit(
      port,
      reference,
      profileOf(state.unit).channels.map(({ unit }) => unit),
    );
    fact({ type: 'referenceIdentified', reference });
  };

const measure =
  ({ connections, references, profileOf, portOf, overrideOf, live }: CalibrationTools): Task =>
  async (state, { fact, signal }) => {
    const nominal = nextPoint(state);
    if (!state.plan || nominal === null)
      throw new Failure('STEP_BLOCKED', { detail: 'there is no point to take' });
    const port = portOf(state.unit, state.port);
    const link = await connections.agent(port, state.unit, signal);
    await demandWritten(state, link);
    const channel = channelOf(profileOf(state.unit), state.plan.channel);
    const referencePort = state.referencePort ?? '';
    demandSame(referencePort, await connections.identifyReference(referencePort, signal), state.reference);
    demandUnit(referencePort, state.reference, [channel.unit]);
    const reference = await references.for(state.port, referencePort, signal);
    const result = await measurePoint({
      unitPort: port,
      unitClosed: link.closed,
      onFrame: (listener) => connections.onFrame(state.unit, listener),
      reference,
      channel,
      nominal,
      plan: state.plan,
      driveReference: state.reference?.source === true,
      signal,
      overrideReason: () => overrideOf(state.id),
      onProgress: ({ evidence, latest, elapsedSeconds }) =>
        live({
          wizard: state.id,
          nominal,
          reference: latest.reference,
          unit: latest.unit,
          at: latest.at,
          elapsedSeconds,
          evidence,
        }),
    });
    // What was measured counts only where the same unit, with the same calibration, is still there.
    await demandWritten(state, link);
    fact({ type: 'measured', run: presentRun(state), result });
  };

/** As-left is of the calibration that was written, and of this very unit. @throws Failure WRONG_UNIT, VERIFY_FAILED */
async function demandWritten({ written }: CalibrateState, link: AgentLink): Promise<void> {
  const { files } = await link.hello();
  const found = files[CALIBRATION_PATH] ?? 'nothing';
  if (written === null || found === written.sha256) return;
  const params = { path: CALIBRATION_PATH, expected: written.sha256, found };
  throw new Failure('VERIFY_FAILED', params, { deviceState: 'indeterminate' });
}

const adjust =
  ({ connections, profileOf, portOf }: CalibrationTools): Task =>
  async (state, { fact, signal }) => {
    if (!state.plan) throw new Failure('STEP_BLOCKED', { detail: 'there is no plan' });
    const channel = channelOf(profileOf(state.unit), state.plan.channel);
    const link = await connections.agent(portOf(state.unit, state.port), state.unit, signal);
    const scale = {
      quantum: channel.quantum,
      rawMax: ADC_FULL_SCALE * channel.oversample,
      present: lineIn(await link.get('calibration'), channel.id) ?? channel.nominal,
    };
    const fit = fitPoints(state.asFound, scale, state.plan.model);
    demandLine(fit, state.plan);
    fact({ type: 'fitted', fit });
    fact({ type: 'writing' });
    fact({ type: 'written', written: await writeCalibration(link, { channel: channel.id, fit }) });
  };

function channelOf(profile: Profile, id: string): ProfileChannel {
  const channel = profile.channels.find((candidate) => candidate.id === id);
  if (!channel) throw new Failure('NOT_FOUND', { thing: 'channel', id });
  return channel;
}
