import type { OpenPort } from '../transport/transport.ts';
import type { ReferenceSession, SourceOf } from './driver.ts';
import { referenceDrivers } from './drivers.ts';

/** A reference that is read over a port. */
export type PortSource = SourceOf<'scpi' | 'modbus'>;

/** Opens the port as this kind of reference needs it. Fails as the port does. */
export async function openReference(
  openPort: OpenPort,
  port: string,
  source: PortSource,
  signal: AbortSignal,
): Promise<ReferenceSession> {
  switch (source.kind) {
    case 'scpi': {
      const driver = referenceDrivers.scpi;
      return driver.open(await openPort(port, { ...driver.line(source), signal }), { source });
    }
    case 'modbus': {
      const driver = referenceDrivers.modbus;
      return driver.open(await openPort(port, { ...driver.line(source), signal }), { source });
    }
  }
}
