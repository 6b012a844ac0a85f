import { expect, test } from 'vitest';
import { startBench } from '../../bench/bench.ts';
import type { Transport } from '../../transport/transport.ts';
import { agentImage, calibration } from './agent-image.fixture.ts';
import { usualTiming } from './timing.ts';
import { MicroPythonSession } from './unit-session.ts';

/** Of the pieces that go over the line, one in a hundred has one bit wrong; PLUMBLINE_FULL=1 makes more pushes. */
const share = 0.01;
const pushes = process.env.PLUMBLINE_FULL === '1' ? 40 : 4;

/** Numbers from 0 to 1 that look drawn by chance, the same in every run (mulberry32). */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same line, not to be relied on. */
function flipping(line: Transport, draw: () => number, counts: { flips: number }): Transport {
  const flip = (bytes: Uint8Array): Uint8Array => {
    if (bytes.length === 0 || draw() >= share) return bytes;
    counts.flips += 1;
    const at = Math.floor(draw() * bytes.length);
    return Uint8Array.from(bytes).with(at, (bytes[at] ?? 0) ^ (1 << Math.floor(8 * draw())));
  };
  return {
    port: line.port,
    kind: line.kind,
    closed: line.closed,
    get isOpen() {
      return line.isOpen;
    },
    write: (bytes, options) => line.write(flip(bytes), options),
    onData: (listener) => line.onData((bytes) => listener(flip(bytes))),
    close: () => line.close(),
  };
}

test('a bit flipped in 1 % of what goes over the line: every push completes, none is falsely done', async () => {
  const bench = await startBench({ boards: 1 });
  const counts = { flips: 0 };
  try {
    const expected = bench.state().boards[0]?.hardwareId ?? '';
    for (let index = 0; index < pushes; index += 1) {
      const image = agentImage(`FLIP-${index}`);
      const bad = new MicroPythonSession(flipping(await bench.open('bench:1'), drawn(index + 1), counts), {
        timing: { ...usualTiming, execMs: 3000, replyMs: 700 },
      });
      const { slot } = await bad.push(image, { expected });
      await bad.close();
      const good = new MicroPythonSession(await bench.open('bench:1'));
      const hello = await good.restart({ expected });
      expect(hello).toMatchObject({ slot, manifest: image.manifest.sha256 });
      for (const { path, sha256 } of image.files) expect(hello.files[`/${slot}${path}`]).toBe(sha256);
      expect(hello.files[calibration.path]).toBe(calibration.sha256);
      await (await good.attach({ expected })).confirm(image.manifest.sha256);
      await good.close();
    }
    expect(counts.flips).toBeGreaterThan(pushes);
  } finally {
    await bench.close();
  }
}, 600_000);
