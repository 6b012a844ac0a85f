import type { UnitDriver } from '../driver.ts';
import { MicroPythonSession } from './unit-session.ts';

/** USB ids whose firmware is MicroPython or CircuitPython by itself, and bridges that boards with it sit behind. */
const likely: readonly (readonly [vendor: string, product: string | undefined, score: number])[] = [
  ['2e8a', '0005', 0.95],
  ['f055', undefined, 0.9],
  ['239a', undefined, 0.85],
  ['303a', undefined, 0.8],
  ['2e8a', undefined, 0.8],
  ['10c4', 'ea60', 0.5],
  ['1a86', undefined, 0.5],
  ['0403', undefined, 0.4],
];

/** Boards with MicroPython (1.20 or later) or CircuitPython, through their REPL and the edge agent. */
export const micropythonDriver: UnitDriver = {
  family: 'micropython',
  probe(info) {
    if (info.kind === 'simulated') return info.port === 'bench:reference' ? 0 : 1;
    const known = likely.find(
      ([vendor, product]) =>
        vendor === info.vendorId && (product === undefined || product === info.productId),
    );
    // Any line may have a board at its other end; only asking it tells.
    return known?.[2] ?? 0.1;
  },
  open: (transport, options) => new MicroPythonSession(transport, options),
};
