import { identifyUnit } from '../host/tools.ts';
import { type Command, text } from './command.ts';

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
    if (input.options.yes !== true) {
      const message = `Identifying interrupts the program that runs on ${port}. Say --yes to go on.`;
      context.wrong({ usage: { message } }, [message]);
      return 2;
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
