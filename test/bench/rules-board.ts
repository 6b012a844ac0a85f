import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBench } from '../../electron/bench/bench.ts';
import { RawRepl } from '../../electron/drivers/micropython/raw-repl.ts';
import { usualTiming } from '../../electron/drivers/micropython/timing.ts';
import { root } from './child.ts';
import type { Figure } from './figure.ts';

const frames = 2000;

/** Microseconds a frame, bytes of the engine's modules, and bytes of an engine with its rules. */
const program = (form: unknown): string => `
import gc, json, time
def free():
    gc.collect()
    return gc.mem_free()
a = free()
from plumbline.rules import Engine
b = free()
e = Engine(json.loads(${JSON.stringify(JSON.stringify(form))}))
c = free()
x = {}
def play():
    n = 0
    t = time.ticks_us()
    for k in range(1, ${frames + 1}):
        for i in range(10):
            x['i%d' % i] = (k * (7 + 2 * i)) % 2001 - 1000
        n += len(e.feed(100 * k, x))
    return time.ticks_diff(time.ticks_us(), t), n
us, n = play()
print(json.dumps([us / ${frames}, a - b, b - c, n]))
`;

interface Cost {
  frameMs: number;
  modules: number;
  engine: number;
}

/** On a bench board, which runs the real MicroPython, though not at the speed of any chip. */
async function costOf(form: unknown): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-rules-'));
  await mkdir(join(folder, 'board1'));
  await cp(join(root, 'resources', 'agent', 'plumbline'), join(folder, 'board1', 'plumbline'), {
    recursive: true,
    filter: (path) => !path.includes('__pycache__'),
  });
  const bench = await startBench({ boards: 1, filesDirectory: folder });
  try {
    const repl = new RawRepl(await bench.open('bench:1'), usualTiming);
    await repl.enter();
    const printed = await repl.exec(program(form), { during: 'measuring' });
    const [us, modules, engine, decisions] = JSON.parse(printed) as [number, number, number, number];
    if (decisions === 0) throw new Error('nothing was decided');
    return { frameMs: us / 1000, modules, engine };
  } finally {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the unit's engine costs on a board of the bench. */
export const boardCost = (form: { rule: readonly unknown[] }): readonly Figure[] => {
  const one = { ...form, rule: form.rule.slice(0, 1) };
  return [
    {
      name: 'the unit’s engine on a bench board (MicroPython): a frame through the 20 stateful rules',
      beside: 'through one of the rules',
      unit: 'ms',
      runs: 3,
      measure: async () => ({ ours: (await costOf(form)).frameMs, beside: (await costOf(one)).frameMs }),
    },
    {
      name: 'memory of the unit’s engine with the 20 stateful rules',
      beside: 'its modules, as compiled from source',
      unit: 'B',
      runs: 1,
      measure: async () => {
        const { engine, modules } = await costOf(form);
        return { ours: engine, beside: modules };
      },
    },
  ];
};
