import { portMistake } from '../host/port-names.ts';
import type { Input } from './command.ts';

/** What work with a unit at its port needs in common. */
export const portOption = {
  flags: '--port <port>',
  description: 'where the unit is, such as /dev/ttyACM0',
  required: true,
};
export const consentOption = { flags: '--yes', description: 'the program on the unit may be interrupted' };

/** Why this port cannot be worked with as it was asked for; null where it can. `what` begins a sentence. */
export function portRefusal(port: string, { options }: Input, what: string): string | null {
  const mistake = portMistake(port);
  if (mistake !== null) return `the port ${mistake}`;
  if (port.startsWith('bench:')) {
    return `${what} works on ports of this computer, not on the simulated bench in it; "plumb bench" serves that bench on such ports`;
  }
  return options.yes === true
    ? null
    : `${what} interrupts the program that runs on ${port}; say --yes to go on`;
}
