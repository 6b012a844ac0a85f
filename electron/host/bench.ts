import type { BenchFault, BenchState } from '../../shared/contract/bench.ts';
import { type Bench, startBench } from '../bench/bench.ts';
import type { HostOptions } from './services.ts';

const BOARDS = 2;
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
  const bench = await startBench({
    boards: BOARDS,
    ...(options.benchTimeFactor === undefined ? {} : { timeFactor: options.benchTimeFactor }),
    ...(options.benchFiles === undefined ? {} : { filesDirectory: options.benchFiles }),
  });
  let last = '';
  const timer = setInterval(() => {
    const state = bench.state();
    const rounded = JSON.stringify({ ...state, bathCelsius: state.bathCelsius.toFixed(2) });
    if (rounded === last) return;
    last = rounded;
    changed(state);
  }, REPORT_MS).unref();
  return {
    bench,
    state: () => bench.state(),
    setPoint: (celsius) => bench.setPoint(celsius),
    fault: async (board, fault) => bench.fault(board, fault),
    close: async () => {
      clearInterval(timer);
      await bench.close();
    },
  };
}
