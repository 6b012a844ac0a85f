import { AgentLineReader, encodeLine } from '../../electron/drivers/micropython/agent-line.ts';
import { parseMessage } from '../../electron/drivers/micropython/agent-message.ts';
import { LiveUnit } from '../../electron/live/live.ts';
import type { Figure } from './figure.ts';

const count = 200_000;
/** As much as a serial port hands over at once when there is plenty. */
const chunkBytes = 4096;

const channel = {
  id: 't1',
  title: 'Temperature',
  measurand: 'temperature',
  unit: 'degC',
  quantum: '0.001',
  adc: 26,
  oversample: 8,
  staleMs: 2000,
  min: '-20',
  max: '120',
  nominal: { mul: 1, add: 0, shift: 0 },
};

interface Values {
  seq: number;
  t: number;
  value: number;
  raw: number;
}

const values: Values[] = Array.from({ length: count }, (_, i) => ({
  seq: i + 1,
  t: 10 * (i + 1),
  value: 23_000 + (i % 997),
  raw: 250_000 + (i % 4093),
}));

const agentLines = values.map(({ seq, t, value, raw }) => encodeLine(`~${seq} ${t} t1=${value}:${raw}`));

/** The same figures as JSON, filled up with blanks to the very same length. */
const jsonLines = values.map(({ seq, t, value, raw }, i) => {
  const length = agentLines[i]?.length ?? 0;
  return Buffer.from(`${JSON.stringify([seq, t, value, raw]).padEnd(length - 1)}\n`);
});

function* chunksOf(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

const yieldToTimers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function framesPerSecond(
  bytes: Buffer,
  take: (chunk: Uint8Array) => void,
  taken: () => number,
): Promise<number> {
  const started = performance.now();
  let turn = 0;
  for (const chunk of chunksOf(bytes)) {
    take(chunk);
    turn += 1;
    // Blocks leave on a timer: let it fire as it would between two reads of a port.
    if (turn % 16 === 0) await yieldToTimers();
  }
  const seconds = (performance.now() - started) / 1000;
  if (taken() !== count) throw new Error(`${taken()} of ${count} frames arrived`);
  return count / seconds;
}

/** Line protocol with checksums -> frames -> history -> blocks for one page, all in one thread. */
async function ours(): Promise<number> {
  const reader = new AgentLineReader();
  const unit = new LiveUnit();
  let frames = 0;
  let bytes = 0;
  unit.subscribe(1, [channel], {
    post: (block) => {
      bytes += block.byteLength;
    },
  });
  const rate = await framesPerSecond(
    Buffer.concat(agentLines),
    (chunk) => {
      for (const body of reader.feed(chunk)) {
        const message = parseMessage(body);
        if (message?.kind !== 'frame') continue;
        frames += 1;
        unit.accept({ ...message.frame, at: Date.now() });
      }
    },
    () => frames,
  );
  // What is still pending leaves with the next block.
  await new Promise((resolve) => setTimeout(resolve, 100));
  unit.unsubscribe(1);
  if (bytes < count * 16) throw new Error(`only ${bytes} bytes of live blocks left`);
  return rate;
}

async function bare(): Promise<number> {
  const decoder = new TextDecoder();
  let rest = '';
  let frames = 0;
  return framesPerSecond(
    Buffer.concat(jsonLines),
    (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) frames += (JSON.parse(line) as number[]).length === 4 ? 1 : 0;
    },
    () => frames,
  );
}

export const frames: Figure = {
  name: 'frames ingested',
  beside: 'JSON.parse of as many bytes, line by line',
  unit: 'frames/s',
  runs: 7,
  measure: async () => ({ ours: await ours(), beside: await bare() }),
};
