import type { CalibrateFact, CalibrateState } from '../../shared/contract/calibrate.ts';
import type { ReferenceIdentity } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Profile, ProfileChannel } from '../../shared/contract/profile.ts';
import type { ReferenceStandard, StandardConcern } from '../../shared/contract/standards.ts';
import { standardConcerns } from '../../shared/metrology/metrology.ts';
import type { RunTask } from '../../shared/wizard/task.ts';
import type { ReferenceAsk } from '../drivers/driver.ts';
import { identifyReference as ask } from '../drivers/reference-source.ts';
import { demandStandard, demandUnit } from './demands.ts';
import type { CalibrationTools } from './tools.ts';

/** What the drivers need to know to read the reference of this calibration. */
export function askOf(state: CalibrateState, tools: CalibrationTools): ReferenceAsk {
  return {
    source: state.source,
    port: state.referencePort ?? '',
    unit: { hardwareId: state.unit, port: state.port },
    standard: standardOf(state, tools),
    channelOf: (id) => channelOf(tools.profileOf(state.unit), id, tools.isCalibrated(state.unit, id)),
    typed: () => {
      const value = tools.typedOf(state.id);
      return value === null ? null : { value, at: Date.now() };
    },
  };
}

const channelOf = (
  profile: Profile,
  id: string,
  calibrated: boolean,
): ReturnType<ReferenceAsk['channelOf']> => {
  const channel = profile.channels.find((candidate) => candidate.id === id);
  return channel ? { unit: channel.unit, quantum: channel.quantum, calibrated } : null;
};

/** As it is in the register now: a certificate that was entered in between counts. */
const standardOf = (state: CalibrateState, { standards }: CalibrationTools): ReferenceStandard | null => {
  const id = state.chosenStandard ?? state.standard?.id;
  return id === undefined ? null : standards.find({ id });
};

/** Asks the reference who it is, and looks up what the register knows of it. */
export const identifyReference =
  (tools: CalibrationTools): RunTask<CalibrateState, CalibrateFact> =>
  async (state, { fact, signal }) => {
    const asked = askOf(state, tools);
    if (state.chosenStandard !== null && asked.standard === null) {
      throw new Failure('NOT_FOUND', { thing: 'reference standard', id: state.chosenStandard });
    }
    const reference = await ask(tools, asked, signal);
    const units = tools.profileOf(state.unit).channels.map(({ unit }: ProfileChannel) => unit);
    demandUnit(asked.port, reference, units);
    const standard = asked.standard ?? tools.standards.find(reference);
    demandStandard(asked.port, reference, standard);
    fact({ type: 'referenceIdentified', reference, standard });
  };

/** The entry that was chosen; that it was taken out of use since counts all the same. */
function asOfNow(
  chosen: ReferenceStandard | null,
  standards: CalibrationTools['standards'],
): ReferenceStandard | null {
  const retired = chosen && (standards.find({ id: chosen.id })?.retired ?? null);
  return chosen && retired ? { ...chosen, retired } : chosen;
}

/**
 * What speaks against the standard today. @throws Failure STANDARD_UNSUITABLE where something does and nobody said why
 * it is used all the same: nothing is measured with it.
 */
export function demandSuitable(
  state: CalibrateState & { plan: NonNullable<CalibrateState['plan']>; reference: ReferenceIdentity },
  unit: string,
  { standards }: Pick<CalibrationTools, 'standards'>,
): StandardConcern[] {
  const concerns = standardConcerns(asOfNow(state.standard, standards), state.plan, unit, standards.today());
  if (concerns.length > 0 && state.standardOverride === null) {
    const detail = concerns.map((concern) => concern.detail).join('; ');
    throw new Failure('STANDARD_UNSUITABLE', { serial: state.reference.serial, detail });
  }
  return concerns;
}
