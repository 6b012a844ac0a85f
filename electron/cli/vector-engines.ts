import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from '../../shared/contract/failure.ts';
import { createEngine, type RuleVector, type VectorOutcome, vectorRow } from '../../shared/rules/rules.ts';
import { resources } from './places.ts';

/** An engine for vectors, one after the other. */
export interface VectorEngine {
  /** What it decides, or why it refuses the rules. */
  run(vector: RuleVector): Promise<VectorOutcome | { refused: string }>;
  close(): Promise<void>;
}

export const engineNames = ['ts', 'python', 'micropython'] as const;
export type EngineName = (typeof engineNames)[number];

export const vectorEngines: Readonly<Record<EngineName, (signal: AbortSignal) => Promise<VectorEngine>>> = {
  ts: async () => appEngine,
  python: onPython,
  micropython: onMicroPython,
};

const appEngine: VectorEngine = {
  async run({ form, boot, frames }) {
    try {
      const engine = createEngine(form);
      if (boot !== undefined) engine.boot(boot);
      const out = frames.flatMap((frame) => engine.feed(...frame).map(vectorRow));
      return { out, late: engine.late };
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === 'RULES_INVALID') return { refused: thrown.message };
      throw thrown;
    }
  },
  close: async () => {},
};

/** The unit's engine, asked in JSON: an object begins a vector, a list is frames, null ends it. */
const program = `
import json
from plumbline.rules import Engine
from plumbline.state import boot

engine = None

def answer(text):
    global engine
    said = json.loads(text)
    if said is None:
        return json.dumps(engine.late)
    if type(said) is list:
        return json.dumps([list(d) for f in said for d in engine.feed(*f)])
    try:
        engine = Engine(said['form'])
        if 'boot' in said:
            boot(engine, said['boot'])
    except ValueError as e:
        return json.dumps({'refused': str(e)})
    return '{}'
`;

/** Frames that are sent at once: little enough for the memory of a board. */
const pieceFrames = 200;

async function converse(
  { form, boot, frames }: RuleVector,
  ask: (text: string) => Promise<string>,
): Promise<VectorOutcome | { refused: string }> {
  const begun: unknown = JSON.parse(
    await ask(JSON.stringify(boot === undefined ? { form } : { form, boot })),
  );
  if (begun !== null && typeof begun === 'object' && 'refused' in begun)
    return { refused: String(begun.refused) };
  const out: VectorOutcome['out'] = [];
  for (let from = 0; from < frames.length; from += pieceFrames) {
    const piece = await ask(JSON.stringify(frames.slice(from, from + pieceFrames)));
    out.push(...(JSON.parse(piece) as VectorOutcome['out']));
  }
  return { out, late: JSON.parse(await ask('null')) as number };
}

const answerMs = 60_000;
const agent = join(resources, 'agent');

async function onPython(signal: AbortSignal): Promise<VectorEngine> {
  const loop = `${program}\nimport sys\nfor line in sys.stdin:\n    print(answer(line), flush=True)\n`;
  const child = spawn('python3', ['-B', '-c', loop], {
    env: { ...process.env, PYTHONPATH: agent },
    signal,
    killSignal: 'SIGKILL',
  });
  await started(child);
  let words = '';
  child.stderr.on('data', (data: Buffer) => {
    words = `${words}${data.toString()}`.slice(-500);
  });
  // Its end is seen where the answer does not come.
  child.stdin.on('error', () => {});
  child.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (text: string): Promise<string> => {
    const timer = setTimeout(() => child.kill('SIGKILL'), answerMs);
    try {
      child.stdin.write(`${text}\n`);
      const { value, done } = await lines.next();
      if (signal.aborted) throw new Failure('CANCELLED', { during: 'running vectors' });
      if (done) throw new Error(`python3 ended: ${words.trim() || 'it did not answer'}`);
      return value;
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    run: (vector) => converse(vector, ask),
    async close() {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** Fails with PROGRAM_MISSING. */
function started(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Failure('PROGRAM_MISSING', { program: 'python3' }, { cause })));
  });
}

interface MicroPython {
  FS: { mkdir(path: string): void; writeFile(path: string, text: string): void };
  runPython(code: string): unknown;
  pyimport(name: string): { answer: (text: string) => string };
}

const heapBytes = 4 * 1024 * 1024;

/** The MicroPython of the bench, in this process: it answers at once. */
async function onMicroPython(signal: AbortSignal): Promise<VectorEngine> {
  const micropython = await load();
  micropython.FS.mkdir('/unit');
  micropython.FS.mkdir('/unit/plumbline');
  const folder = join(agent, 'plumbline');
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.py'))) {
    micropython.FS.writeFile(`/unit/plumbline/${name}`, await readFile(join(folder, name), 'utf8'));
  }
  micropython.FS.writeFile('/unit/vectors_asked.py', program);
  micropython.runPython('import sys\nsys.path.append("/unit")');
  const { answer } = micropython.pyimport('vectors_asked');
  return {
    run: (vector) =>
      converse(vector, async (text) => {
        if (signal.aborted) throw new Failure('CANCELLED', { during: 'running vectors' });
        return answer(text);
      }),
    close: async () => {},
  };
}

/** The package takes `process.argv[1]` for a script to run when its own path contains it. */
async function load(): Promise<MicroPython> {
  const words = process.argv.splice(1);
  const name: string = '@micropython/micropython-webassembly-pyscript/micropython.mjs';
  try {
    const { loadMicroPython } = (await import(name)) as {
      loadMicroPython: (options: object) => Promise<MicroPython>;
    };
    return await loadMicroPython({ heapsize: heapBytes });
  } finally {
    process.argv.push(...words);
  }
}
