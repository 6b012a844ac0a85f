import type { BenchFault, BenchState } from '../../shared/contract/bench.ts';
import { type Bench, type Fault, startBench } from '../bench/bench.ts';
import type { HostOptions } from './options.ts';

const usualBoards = 2;
const usualTimeFactor = 60;
/** Often enough to watch the bath move, seldom enough to cost nothing. */
const REPORT_MS = 500;

/** The simulated bench as the host knows it: its ports, its state as the contract has it, its faults. */
export interface AttachedBench {
  readonly bench: Bench;
  state(): BenchState;
  setPoint(celsius: number): void;
  fault(board: number, fault: BenchFault): Promise<void>;
  close(): Promise<void>;
}

export async function attachBench(
  options: HostOptions,
  changed: (state: BenchState) => void,
): Promise<AttachedBench> {
  const timeFactor = options.benchTimeFactor ?? usualTimeFactor;
  const bench = await startBench({
    boards: options.benchBoards ?? usualBoards,
    timeFactor,
    ...(options.benchFiles === undefined ? {} : { filesDirectory: options.benchFiles }),
  });
  // A board is known by its hardware id; its port changes when two of them swap places.
  const numbers = new Map(bench.state().boards.map(({ hardwareId }, index) => [hardwareId, index + 1]));
  const stateNow = (): BenchState => {
    const { boards, bathCelsius, setPointCelsius } = bench.state();
    return {
      boards: boards.map(({ hardwareId, port, plugged, powered }) => ({
        board: numbers.get(hardwareId) ?? 0,
        port,
        plugged,
        powered,
      })),
      bathCelsius,
      setPointCelsius,
      timeFactor,
    };
  };
  let last = '';
  const timer = setInterval(() => {
    const state = stateNow();
    const rounded = JSON.stringify({ ...state, bathCelsius: state.bathCelsius.toFixed(2) });
    if (rounded === last) return;
    last = rounded;
    changed(state);
  }, REPORT_MS).unref();
  return {
    bench,
    state: stateNow,
    setPoint: (celsius) => bench.setPoint(celsius),
    fault: (board, fault) => bench.fault(board, benchFault(fault)),
    close: async () => {
      clearInterval(timer);
      await bench.close();
    },
  };
}

const benchFault = (fault: BenchFault): Fault => {
  if (fault.kind !== 'babble') return fault;
  return fault.bytes === 'off' ? { kind: 'endBabble' } : { kind: 'babble', bytes: fault.bytes };
};
