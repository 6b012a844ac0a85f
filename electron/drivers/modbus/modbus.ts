import type { ReferenceDriver } from '../driver.ts';
import { ModbusSession } from './modbus-session.ts';

/** A register of a Modbus server: RTU on a serial port, Modbus/TCP on a TCP port. */
export const modbusDriver: ReferenceDriver<'modbus'> = {
  family: 'modbus',
  line: ({ baudRate, parity }) => ({ baudRate, parity }),
  open: (transport, options) => new ModbusSession(transport, options),
};
