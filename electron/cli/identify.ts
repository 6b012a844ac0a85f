import { portMistake } from '../host/port-names.ts';
import { identifyUnit } from '../host/tools.ts';
import { type Command, text } from './command.ts';
import { refuseUsage } from './usage.ts';

const ofBench =
  'identify works on ports of this computer, not on the simulated bench in it; ' +
  '"plumb bench" serves that bench on such ports';

export const identifyCommand: Command = {
  name: 'identify',
  summary: 'ask the unit on a port who it is; this interrupts the program that runs on it',
  options: [
    { flags: '--port <port>', description: 'where the unit is, such as /dev/ttyACM0', required: true },
    { flags: '--yes', description: 'the program on the unit may be interrupted' },
  ],
  example: 'plumb identify --port /dev/ttyACM0 --yes',
  run: async (input, context) => {
    const port = text(input, 'port');
    const mistake = portMistake(port);
    if (mistake !== null) return refuseUsage(`--port ${mistake}`, context);
    if (port.startsWith('bench:')) return refuseUsage(ofBench, context);
    if (input.options.yes !== true) {
      return refuseUsage(
        `identifying interrupts the program that runs on ${port}; say --yes to go on`,
        context,
      );
    }
    const unit = await identifyUnit(port, context.signal);
    const free = `${unit.freeBytes} of ${unit.totalBytes} bytes free`;
    context.answer(unit, [
      `Unit ${unit.hardwareId} on ${port}`,
      `${unit.implementation} ${unit.version} on ${unit.machine} (${unit.platform}), ${free}`,
      unit.tag === null
        ? 'It is not commissioned.'
        : `Commissioned as ${unit.tag}, agent ${unit.agent ?? 'none'}.`,
    ]);
    return 0;
  },
};
