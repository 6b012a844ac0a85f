import { realpathSync } from 'node:fs';
import { parseTcpPort } from '../transport/tcp.ts';

/** What is wrong with the name of a port, told without opening it; null where it may be one. */
export function portMistake(port: string): string | null {
  if (port.trim() === '') return 'must not be empty';
  if (port.startsWith('tcp:') && !parseTcpPort(port)) {
    return `must be tcp:host:port, such as tcp:192.0.2.7:5025, not "${port}"`;
  }
  return null;
}

/** Whether two names mean one port: a serial port has more than one, such as those of /dev/serial/by-id. */
export const isSamePort = (one: string, other: string): boolean => plainName(one) === plainName(other);

function plainName(port: string): string {
  if (port.startsWith('bench:')) return port;
  const tcp = parseTcpPort(port);
  if (tcp) return `tcp:${tcp.host.toLowerCase()}:${tcp.port}`;
  try {
    return realpathSync(port);
  } catch {
    // No such file: whoever opens it says so. Windows has COM3 and com3 for one port.
    return process.platform === 'win32' ? port.toUpperCase() : port;
  }
}
