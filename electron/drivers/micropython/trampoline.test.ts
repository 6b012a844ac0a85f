import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentImage } from './agent-image.fixture.ts';
import { AgentLineReader } from './agent-line.ts';
import { encodeRecord, newest, type PointerRecord } from './pointer.ts';

/** The program that starts a slot, on CPython: its slots and records are files of this computer. */
const main = fileURLToPath(new URL('../../../resources/agent/main.py', import.meta.url));
const images = { a: agentImage('A'), b: agentImage('B') };
let root: string;

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plumbline-slots-'));
  put('main.py', readFileSync(main));
  put('adc/26', '5000');
  for (const slot of ['a', 'b'] as const) {
    const { files, manifest } = images[slot];
    for (const { path, bytes } of [...files, manifest]) put(`${slot}${path}`, bytes ?? '');
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const point = (record: Omit<PointerRecord, 'n'>): void =>
  put('plumbline/slot.0', encodeRecord({ n: 5, ...record }));

/** One start, up to its announcement; the line ends at once, and with it the agent. */
function start(): { said: Record<string, unknown>; errors: string; record: PointerRecord | null } {
  const { stdout, stderr } = spawnSync('python3', ['-B', main, '--root', root, '--unit', 'abcd1234'], {
    input: '',
  });
  const [said = '#{}'] = new AgentLineReader().feed(stdout).filter((body) => body.startsWith('#'));
  const files = [0, 1].map((file) => {
    try {
      return readFileSync(join(root, `plumbline/slot.${file}`));
    } catch {
      return null;
    }
  });
  const { record } = newest([files[0] ?? null, files[1] ?? null]);
  return { said: JSON.parse(said.slice(1)), errors: stderr.toString(), record };
}

describe('a start', () => {
  it('takes the slot that counts, and leaves the records of one that is kept alone', () => {
    point({ slot: 'b', bootsLeft: null, other: 'a', fellBack: null });
    const { said, record } = start();
    expect(said).toMatchObject({
      slot: 'b',
      tag: 'B',
      boots: null,
      fell: null,
      sw: images.b.manifest.sha256,
    });
    expect(record?.n).toBe(5);
  });

  it('counts those on trial down, then falls back and says so until software is kept again', () => {
    point({ slot: 'b', bootsLeft: 2, other: 'a', fellBack: null });
    expect(start().said).toMatchObject({ slot: 'b', boots: 1 });
    expect(start().said).toMatchObject({ slot: 'b', boots: 0 });
    for (let i = 0; i < 2; i += 1)
      expect(start().said).toMatchObject({ slot: 'a', boots: null, fell: { from: 'b', why: 'boots' } });
  });

  it('runs what was never kept where there is nothing else', () => {
    point({ slot: 'b', bootsLeft: 0, other: null, fellBack: null });
    expect(start().said).toMatchObject({ slot: 'b', boots: 0 });
  });

  it.each([
    ['a byte changed', () => put('b/plumbline/rules.py', '# other')],
    ['a file that is missing', () => rmSync(join(root, 'b/config.json'))],
    ['a manifest that is none', () => put('b/manifest.json', '[]')],
    ['no manifest', () => rmSync(join(root, 'b/manifest.json'))],
  ])('imports nothing of a slot with %s', (_, damage) => {
    damage();
    point({ slot: 'b', bootsLeft: null, other: 'a', fellBack: null });
    const { said, errors } = start();
    expect(said).toMatchObject({ slot: 'a', fell: { from: 'b', why: 'hash' } });
    expect(errors).toBe('');
  });

  it('says that there is none to take where both are damaged', () => {
    point({ slot: 'b', bootsLeft: null, other: 'a', fellBack: null });
    put('a/config.json', '{}');
    put('b/config.json', '{}');
    expect(start().said).toEqual({ unbootable: 'no slot is sound' });
  });

  it('ends a replacement of the configuration that was cut before its last rename', () => {
    point({ slot: 'b', bootsLeft: null, other: null, fellBack: null });
    const config = readFileSync(join(root, 'b/config.json'));
    put('b/config.json.new', config);
    put('b/config.json', '{"v":1}');
    expect(start().said).toMatchObject({ slot: 'b', tag: 'B' });
    expect(readFileSync(join(root, 'b/config.json'))).toEqual(config);
  });
});
