import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import type { CalibrationTools } from '../calibration/tools.ts';
import type { JobStore } from '../store/job-store.ts';
import { isCalibrated } from './calibrations.ts';
import type { Desk } from './desk.ts';
import { laboratoryOf, noLaboratory } from './laboratory.ts';

type Given = Pick<
  CalibrationTools,
  'connections' | 'references' | 'profileOf' | 'portOf' | 'standards' | 'live'
> & {
  store: JobStore;
  /** Asked when a task runs: the desk is made with the tasks. */
  desk: () => Desk;
};

/** What the tasks of a calibration work with, out of the services. */
export function calibrationTools({ store, desk, ...given }: Given): CalibrationTools {
  const stateOf = (wizard: string): CalibrateState | null => {
    const state = desk().get(wizard);
    return state.kind === 'calibrate' ? state : null;
  };
  return {
    ...given,
    overrideOf: (wizard) => stateOf(wizard)?.override ?? null,
    typedOf: (wizard) => stateOf(wizard)?.typed ?? null,
    isCalibrated: (unit, channel) => isCalibrated(desk().list(), unit, channel),
    laboratory: () => laboratoryOf(store) ?? noLaboratory,
  };
}
