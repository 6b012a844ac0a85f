import { Failure } from '../../shared/contract/failure.ts';
import { openSerial } from './serial.ts';
import { type Trace, tapped } from './tap.ts';
import { openTcp } from './tcp.ts';
import type { OpenPort } from './transport.ts';

/** Opens a port by its name: `bench:…` on the simulated bench, `tcp:host:port`, else a serial port. */
export function createOpenPort(openers: {
  bench?: OpenPort | undefined;
  /** Listens in on every line. */
  trace?: Trace | undefined;
}): OpenPort {
  const { trace } = openers;
  const open: OpenPort = async (port, options = {}) => {
    if (port.startsWith('bench:')) {
      if (!openers.bench) throw new Failure('BENCH_ABSENT', { port });
      return openers.bench(port, options);
    }
    if (port.startsWith('tcp:')) return openTcp(port, options);
    return openSerial(port, options);
  };
  return trace ? async (port, options) => tapped(await open(port, options), trace(port)) : open;
}
