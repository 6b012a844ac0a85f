import type {
  CalibrateFact,
  CalibrateState,
  PointResult,
  UnitLine,
} from '../../shared/contract/calibrate.ts';
import type { RunEvaluation } from '../../shared/contract/evaluation.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Profile, ProfileChannel } from '../../shared/contract/profile.ts';
import { correctionAt } from '../../shared/metrology/evaluation/correction.ts';
import { evaluateRun } from '../../shared/metrology/evaluation/evaluate-run.ts';
import { nextPoint, presentRun, runResults } from '../../shared/wizard/calibrate.ts';
import { stationsOf } from '../../shared/wizard/stations.ts';
import type { RunTask, TaskTable } from '../../shared/wizard/task.ts';
import type { AgentLink } from '../drivers/driver.ts';
import { identifyReference as askReference, referenceFor } from '../drivers/reference-source.ts';
import { CALIBRATION_PATH, lineIn } from './calibration-file.ts';
import { demandLine, demandSame, demandUnit } from './demands.ts';
import { fitPoints } from './fit.ts';
import { measurePoint } from './measure.ts';
import { askOf, demandSuitable, identifyReference } from './reference.ts';
import type { CalibrationTools } from './tools.ts';
import { writeCalibration } from './write.ts';

/** Full scale of one ADC reading as the agent takes it (`read_u16`). */
const ADC_FULL_SCALE = 65_535;

type Task = RunTask<CalibrateState, CalibrateFact>;

/** The tasks of the calibration wizard. */
export function calibrationTasks(tools: CalibrationTools): TaskTable<CalibrateState, CalibrateFact> {
  return { 'identify-reference': identifyReference(tools), measure: measure(tools), adjust: adjust(tools) };
}

const measure =
  (tools: CalibrationTools): Task =>
  async (state, { fact, signal }) => {
    const { connections, profileOf, portOf, overrideOf, live } = tools;
    const nominal = nextPoint(state);
    const { plan, reference: chosen, standard } = state;
    if (!plan || !chosen || nominal === null)
      throw new Failure('STEP_BLOCKED', { detail: 'there is no point to take' });
    const channel = channelOf(profileOf(state.unit), plan.channel);
    demandOther(state);
    const concerns = demandSuitable({ ...state, plan, reference: chosen }, channel.unit, tools);
    fact({ type: 'standardChecked', concerns });
    const port = portOf(state.unit, state.port);
    const link = await connections.agent(port, state.unit, signal);
    await demandWritten(state, link);
    const line = await presentLine(link, channel);
    demandFound(state, line);
    const ask = askOf(state, tools);
    demandSame(ask.port, await askReference(tools, ask, signal), chosen);
    demandUnit(ask.port, chosen, [channel.unit]);
    const reference = await referenceFor(tools, ask, signal);
    const result = await measurePoint({
      unitPort: port,
      unitClosed: link.closed,
      onFrame: (listener) => connections.onFrame(state.unit, listener),
      reference,
      channel,
      nominal,
      plan,
      ...(standard?.unit === channel.unit
        ? { correction: (reading: string) => correctionAt(standard, reading) }
        : {}),
      driveReference: chosen.source,
      waitForReference: state.source.kind === 'typed',
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
    demandFound({ ...state, foundWith: line }, await presentLine(link, channel));
    const evaluation = evaluationWith(state, result, channel, tools);
    fact({ type: 'measured', run: presentRun(state), result, line, ...(evaluation && { evaluation }) });
  };

/** With its last result a run is judged as a whole: hysteresis and repeats are known only then. */
function evaluationWith(
  state: CalibrateState,
  result: PointResult,
  channel: ProfileChannel,
  { laboratory }: CalibrationTools,
): RunEvaluation | null {
  const results = [...runResults(state), result];
  if (!state.plan || results.length < stationsOf(state.plan).length) return null;
  const { plan, standard } = state;
  return evaluateRun({ plan, results, standard, channel, laboratory: laboratory() });
}

/** A channel compared with itself would always be right. */
function demandOther({ source, plan }: CalibrateState): void {
  if (source.kind !== 'channel' || source.channel !== plan?.channel) return;
  throw new Failure('STEP_BLOCKED', { detail: `the channel ${source.channel} cannot be its own reference` });
}

/** As-left is of the calibration that was written, and of this very unit. @throws Failure WRONG_UNIT, VERIFY_FAILED */
async function demandWritten({ written }: CalibrateState, link: AgentLink): Promise<void> {
  const { files } = await link.hello();
  const found = files[CALIBRATION_PATH] ?? 'nothing';
  if (written === null || found === written.sha256) return;
  const params = { path: CALIBRATION_PATH, expected: written.sha256, found };
  throw new Failure('VERIFY_FAILED', params, { deviceState: 'indeterminate' });
}

const presentLine = async (link: AgentLink, channel: ProfileChannel): Promise<UnitLine> =>
  lineIn(await link.get('calibration'), channel.id) ?? channel.nominal;

/** All of the as-found run, and what is adjusted by it, is of one line. @throws Failure CALIBRATION_CHANGED */
function demandFound({ foundWith, writing, plan }: CalibrateState, line: UnitLine): void {
  if (foundWith === null || writing) return;
  if (foundWith.mul === line.mul && foundWith.add === line.add && foundWith.shift === line.shift) return;
  throw new Failure('CALIBRATION_CHANGED', { channel: plan?.channel ?? '' });
}

const adjust =
  ({ connections, profileOf, portOf }: CalibrationTools): Task =>
  async (state, { fact, signal }) => {
    if (!state.plan) throw new Failure('STEP_BLOCKED', { detail: 'there is no plan' });
    const channel = channelOf(profileOf(state.unit), state.plan.channel);
    const link = await connections.agent(portOf(state.unit, state.port), state.unit, signal);
    const present = await presentLine(link, channel);
    demandFound(state, present);
    const scale = { quantum: channel.quantum, rawMax: ADC_FULL_SCALE * channel.oversample, present };
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
