import { readdirSync, readFileSync } from 'node:fs';
import type { Case, End } from './replay.fixture.ts';

interface Module {
  FS: { mkdir(path: string): void; writeFile(path: string, text: string): void };
  runPython(code: string): unknown;
  pyimport(name: string): unknown;
}

export interface MicroPython {
  /** What the unit's engine decides, or that it refuses the rules. */
  play(given: Case): End | 'refused';
  /** Adds a module of this source and gives it. */
  module(name: string, source: string): unknown;
}

/** The real MicroPython of the bench with the agent's modules and `replay.py` in it. */
export async function startMicroPython(heapsize = 512 * 1024): Promise<MicroPython> {
  // The package takes `process.argv[1]` for a script to run when its own path contains it.
  process.argv.length = 1;
  const path = '@micropython/micropython-webassembly-pyscript/micropython.mjs';
  const { loadMicroPython } = (await import(path)) as {
    loadMicroPython: (options: object) => Promise<Module>;
  };
  const micropython = await loadMicroPython({ heapsize });
  micropython.FS.mkdir('/unit');
  micropython.FS.mkdir('/unit/plumbline');
  const agent = new URL('../../resources/agent/plumbline/', import.meta.url);
  for (const name of readdirSync(agent).filter((each) => each.endsWith('.py'))) {
    micropython.FS.writeFile(`/unit/plumbline/${name}`, readFileSync(new URL(name, agent), 'utf8'));
  }
  micropython.runPython('import sys\nsys.path.append("/unit")');
  const module = (name: string, source: string): unknown => {
    micropython.FS.writeFile(`/unit/${name}.py`, source);
    return micropython.pyimport(name);
  };
  const replay = readFileSync(new URL('fixtures/replay.py', import.meta.url), 'utf8');
  const { play } = module('replay', replay) as { play: (text: string) => string };
  return { play: (given) => JSON.parse(play(JSON.stringify(given))), module };
}
