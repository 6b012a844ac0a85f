import type { PortInfo } from '../transport/transport.ts';
import type { ReferenceDriver, UnitDriver } from './driver.ts';
import { micropythonDriver } from './micropython/micropython.ts';
import { scpiDriver } from './scpi/scpi.ts';

/** One line a family of units. */
export const unitDrivers: readonly UnitDriver[] = [micropythonDriver];

/** One line a family of references. */
export const referenceDrivers = { scpi: scpiDriver } as const satisfies Record<string, ReferenceDriver>;

/** The driver that the port's listing speaks for most; with nothing to go by, the first of the table. */
export function unitDriverFor(info: PortInfo): UnitDriver {
  return unitDrivers.reduce((best, next) => (next.probe(info) > best.probe(info) ? next : best));
}
