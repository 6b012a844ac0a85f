import type { PortInfo } from '../transport/transport.ts';
import { channelDriver } from './channel/channel.ts';
import type { PortlessReferenceDriver, ReferenceDriver, UnitDriver } from './driver.ts';
import { micropythonDriver } from './micropython/micropython.ts';
import { modbusDriver } from './modbus/modbus.ts';
import { scpiDriver } from './scpi/scpi.ts';
import { typedDriver } from './typed/typed.ts';

/** One line a family of units. */
export const unitDrivers: readonly UnitDriver[] = [micropythonDriver];

/** One line a kind of reference that is read over a port. */
export const referenceDrivers = { scpi: scpiDriver, modbus: modbusDriver } as const satisfies {
  [K in 'scpi' | 'modbus']: ReferenceDriver<K>;
};

/** One line a kind of reference without a port. */
export const portlessReferenceDrivers = { channel: channelDriver, typed: typedDriver } as const satisfies {
  [K in 'channel' | 'typed']: PortlessReferenceDriver<K>;
};

/** The driver that the port's listing speaks for most; with nothing to go by, the first of the table. */
export function unitDriverFor(info: PortInfo): UnitDriver {
  return unitDrivers.reduce((best, next) => (next.probe(info) > best.probe(info) ? next : best));
}
