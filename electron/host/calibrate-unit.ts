import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import { needsNoAdjustment, nextPoint } from '../../shared/wizard/calibrate.ts';
import { actAndWait } from './act-and-wait.ts';
import type { Desk } from './desk.ts';

/**
 * As found, adjusted where the plan has it so, as left: everything of a calibration whose reference and plan are
 * chosen. Resolves with its last state; throws what a task failed with.
 */
export async function calibrateUnit(
  tools: { desk: Desk; signal: AbortSignal },
  planned: CalibrateState,
): Promise<CalibrateState> {
  let wizard = await measureRun(tools, planned);
  if (wizard.plan?.adjust === 'when-needed' && needsNoAdjustment(wizard)) {
    wizard = await actAndWait(tools, wizard, { type: 'leaveAsFound' });
  } else {
    wizard = await measureRun(tools, await actAndWait(tools, wizard, { type: 'adjust' }));
  }
  return actAndWait(tools, wizard, { type: 'finish' });
}

async function measureRun(
  tools: { desk: Desk; signal: AbortSignal },
  started: CalibrateState,
): Promise<CalibrateState> {
  let wizard = started;
  while (nextPoint(wizard) !== null) wizard = await actAndWait(tools, wizard, { type: 'measure' });
  return wizard;
}
