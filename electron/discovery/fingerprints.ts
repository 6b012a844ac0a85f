import type { PortInfo as Listed } from '../transport/transport.ts';

export type LooksLike = 'unit' | 'reference' | 'unknown';

/** A line tells a family by USB ids; `product` undefined is any. The higher score wins. */
interface Fingerprint {
  vendor: string;
  product?: string;
  looksLike: LooksLike;
  score: number;
  family: string;
}

/** USB ids of boards (pid.codes, micropython and circuitpython board files) and of instrument makers (usb.ids). */
const fingerprints: readonly Fingerprint[] = [
  { vendor: '2e8a', product: '0005', looksLike: 'unit', score: 0.95, family: 'RP2 with MicroPython' },
  { vendor: '2e8a', looksLike: 'unit', score: 0.8, family: 'RP2' },
  { vendor: 'f055', product: '9800', looksLike: 'unit', score: 0.95, family: 'Pyboard' },
  { vendor: 'f055', looksLike: 'unit', score: 0.9, family: 'MicroPython' },
  { vendor: '303a', product: '4001', looksLike: 'unit', score: 0.9, family: 'ESP32-S with MicroPython' },
  { vendor: '303a', looksLike: 'unit', score: 0.8, family: 'ESP32-S/C' },
  { vendor: '239a', looksLike: 'unit', score: 0.85, family: 'CircuitPython' },
  { vendor: '2341', looksLike: 'unit', score: 0.6, family: 'Arduino' },
  { vendor: '10c4', product: 'ea60', looksLike: 'unit', score: 0.5, family: 'CP210x bridge' },
  { vendor: '1a86', product: '7523', looksLike: 'unit', score: 0.5, family: 'CH340 bridge' },
  { vendor: '1a86', product: '55d4', looksLike: 'unit', score: 0.5, family: 'CH9102 bridge' },
  // Thermometers and dry blocks mostly sit behind an FTDI cable, and so do some boards: either may be it.
  { vendor: '0403', looksLike: 'unknown', score: 0.4, family: 'FTDI bridge' },
  { vendor: '067b', looksLike: 'unknown', score: 0.3, family: 'Prolific bridge' },
  { vendor: '0f7e', looksLike: 'reference', score: 0.9, family: 'Fluke' },
  { vendor: '0957', looksLike: 'reference', score: 0.9, family: 'Agilent' },
  { vendor: '2a8d', looksLike: 'reference', score: 0.9, family: 'Keysight' },
  { vendor: '05e6', looksLike: 'reference', score: 0.9, family: 'Keithley' },
];

export interface Guess {
  looksLike: LooksLike;
  /** 0..1, how much the listing alone says. */
  score: number;
  family: string;
}

const nothingKnown: Guess = { looksLike: 'unknown', score: 0, family: 'unknown' };

/** What a port is taken for from the listing alone; no bytes are exchanged. */
export function guess(info: Listed): Guess {
  if (info.kind === 'simulated') {
    const looksLike = info.port === 'bench:reference' ? 'reference' : 'unit';
    return { looksLike, score: 1, family: 'simulated bench' };
  }
  const matching = fingerprints.filter(
    ({ vendor, product }) =>
      vendor === info.vendorId?.toLowerCase() &&
      (product === undefined || product === info.productId?.toLowerCase()),
  );
  return matching.reduce<Guess>((best, next) => (next.score > best.score ? next : best), nothingKnown);
}
