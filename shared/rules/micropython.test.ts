import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { anyCase } from './arbitrary.fixture.ts';
import { type Case, type Outcome, replay, vectors } from './replay.fixture.ts';

interface MicroPython {
  FS: { mkdir(path: string): void; writeFile(path: string, text: string): void };
  runPython(code: string): unknown;
  pyimport(name: string): { play(text: string): string; crc(text: string): string };
}

const harness = `
import json
from plumbline import crc16, encode, Lines
from plumbline.rules import Engine

def play(text):
    case = json.loads(text)
    engine = Engine(case['form'])
    out = []
    for t, inputs, acks in case['frames']:
        out.extend([list(d) for d in engine.feed(t, inputs, acks)])
    return json.dumps({'out': out, 'late': engine.late})

def crc(text):
    got = Lines().feed((encode(text) + '?1 hello*0000\\n').encode())
    return '%04X %s' % (crc16(text.encode()), got == [text, None])
`;

let harnessed: ReturnType<MicroPython['pyimport']>;

beforeAll(async () => {
  // The package takes `process.argv[1]` for a script to run when its own path contains it.
  process.argv.length = 1;
  const path = '@micropython/micropython-webassembly-pyscript/micropython.mjs';
  const { loadMicroPython } = (await import(path)) as {
    loadMicroPython: (options: object) => Promise<MicroPython>;
  };
  const micropython = await loadMicroPython({ heapsize: 256 * 1024 });
  micropython.FS.mkdir('/unit');
  micropython.FS.mkdir('/unit/plumbline');
  const agent = new URL('../../resources/agent/plumbline/', import.meta.url);
  for (const name of readdirSync(agent).filter((each) => each.endsWith('.py'))) {
    micropython.FS.writeFile(`/unit/plumbline/${name}`, readFileSync(new URL(name, agent), 'utf8'));
  }
  micropython.FS.writeFile('/unit/harness.py', harness);
  micropython.runPython('import sys\nsys.path.append("/unit")');
  harnessed = micropython.pyimport('harness');
});

const onMicroPython = (given: Case): Outcome => JSON.parse(harnessed.play(JSON.stringify(given)));

describe('the engine in MicroPython', () => {
  it('gives the published decisions', () => {
    for (const { given, expected } of vectors()) expect(onMicroPython(given)).toEqual(expected);
  });

  it('decides like the app', () => {
    const alike = fc.property(anyCase, (given) => {
      expect(onMicroPython(given)).toEqual(replay(given));
    });
    fc.assert(alike, { numRuns: 200 });
  });

  it('sums lines as published (CRC-16/IBM-3740 check value)', () => {
    expect(harnessed.crc('123456789')).toBe('29B1 True');
  });
});
