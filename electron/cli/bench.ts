import { makeFolder } from '../files/files.ts';
import { servePtys, startBench } from '../host/tools.ts';
import { type Command, text } from './command.ts';
import { numberBetween } from './numbers.ts';
import { pathOf } from './places.ts';

export const benchCommand: Command = {
  name: 'bench',
  summary: 'serve the simulated bench on pseudo-terminals until Ctrl-C',
  options: [
    { flags: '--boards <n>', description: 'number of boards', fallback: 1, parse: numberBetween(1, 16) },
    {
      flags: '--ptys <folder>',
      description: 'gets the links board1, board2, … and reference',
      required: true,
    },
    {
      flags: '--time-factor <n>',
      description: 'how much faster than the clock the physics run',
      fallback: 60,
      parse: numberBetween(0.1, 10_000, false),
    },
    { flags: '--seed <n>', description: 'other sensors, other noise', parse: numberBetween(0, 2 ** 31 - 1) },
    {
      flags: '--baud <n>',
      description: 'speed of the lines; 0: unlimited',
      parse: numberBetween(0, 4_000_000),
    },
  ],
  example: 'plumb bench --boards 2 --ptys /tmp/bench',
  run: async (input, context) => {
    const { options } = input;
    const folder = pathOf(text(input, 'ptys'));
    makeFolder(folder);
    const bench = await startBench({
      boards: Number(options.boards),
      timeFactor: Number(options.timeFactor),
      ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
      ...(options.baud === undefined ? {} : { baudRate: Number(options.baud) }),
    });
    try {
      const served = await servePtys(bench, folder);
      try {
        context.answer({ links: served.links }, served.links);
        await aborted(context.signal);
      } finally {
        await served.close();
      }
    } finally {
      await bench.close();
    }
    return 0;
  },
};

/** Waits for the signal; a listener alone keeps no process alive, so a slow timer does. */
async function aborted(signal: AbortSignal): Promise<void> {
  const alive = setInterval(() => undefined, 60_000);
  try {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  } finally {
    clearInterval(alive);
  }
}
