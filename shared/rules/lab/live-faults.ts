import type { DataFault } from '../../contract/recordings.ts';
import type { CompileChannel } from '../compile-channel.ts';
import { absent, type Inputs } from '../nodes.ts';
import { type Change, changeOf, type Fault } from './faults.ts';
import { faultsOf } from './faults-of.ts';

/** A frame with the faults in it. */
export type LiveFaults = (t: number, inputs: Inputs) => { t: number; inputs: Inputs };

/** As a column holds a sample. */
const sampleOf = (value: number | null | undefined): number =>
  value === undefined ? absent : (value ?? Number.NaN);

/**
 * Puts faults into frames as they come, exactly as into a recording of them. Their times count from the first frame.
 * Fails with TRIAL_INVALID as `faultsOf`.
 */
export function createLiveFaults(
  faults: readonly DataFault[],
  channels: readonly Pick<CompileChannel, 'id' | 'quantum'>[],
  seed = 1,
): LiveFaults {
  // What is wrong is said now and not with the first frame.
  faultsOf(faults, channels, 0);
  let placed: { fault: Fault; change: Change | null }[] | null = null;
  return (t, inputs) => {
    placed ??= faultsOf(faults, channels, t).map((fault, place) => ({
      fault,
      change: fault.kind === 'clock' ? null : changeOf(fault, place, seed),
    }));
    const changed: Record<string, number | null> = { ...inputs };
    let clock = t;
    for (const { fault, change } of placed) {
      if (fault.kind === 'clock') clock += t >= fault.at ? fault.ms : 0;
      else if (change) setSample(changed, fault.input, change(sampleOf(changed[fault.input]), t));
    }
    return { t: clock, inputs: changed };
  };
}

function setSample(inputs: Record<string, number | null>, input: string, sample: number): void {
  if (sample === absent) delete inputs[input];
  else inputs[input] = Number.isNaN(sample) ? null : sample;
}
