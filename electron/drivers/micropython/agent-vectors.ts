import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SelfTestFrame } from '../../../shared/rules/lab/lab.ts';
import type { VectorRun } from '../driver.ts';
import { asciiJson } from './agent-line.ts';

/** What a rule engine decided on one vector: events `[t, rule, kind]`, a 1 as fourth where first of its group. */
export interface VectorOutcome {
  out: readonly (readonly (number | string)[])[];
  late: number;
}

const whole = z.number().int().nonnegative();
const Piece = z.object({ at: whole });
const Done = z.object({
  rev: z.string().regex(/^[0-9a-f]{8}$/),
  vectors: whole,
  frames: whole,
  events: whole,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Bytes of frames in one request: what surrounds them must fit into a line as well. */
const room = 1100;

/** The hash that a unit answers where it decides as `outcomes` say. */
export function vectorHash(outcomes: Iterable<VectorOutcome>): string {
  const hash = createHash('sha256');
  for (const { out, late } of outcomes) {
    for (const event of out) hash.update(`${JSON.stringify(event)}\n`);
    hash.update(`${late}\n`);
  }
  return hash.digest('hex');
}

function* pieces(frames: readonly SelfTestFrame[]): Generator<SelfTestFrame[]> {
  let piece: SelfTestFrame[] = [];
  let size = 0;
  for (const frame of frames) {
    const more = asciiJson(frame).length + 1;
    if (size + more > room) {
      yield piece;
      piece = [];
      size = 0;
    }
    piece.push(frame);
    size += more;
  }
  yield piece;
}

/**
 * Has the unit decide on vectors, each from cold, in an engine beside the one that runs. `ask` sends a request of the
 * verb `vectors` and may repeat it: a piece that comes twice counts once. Undefined where an answer is none.
 */
export async function runVectors(
  ask: (parameters: object) => Promise<unknown>,
  vectors: Iterable<readonly SelfTestFrame[]>,
  onVector: (done: number) => void = () => {},
): Promise<VectorRun | undefined> {
  await ask({ begin: true });
  let at = 0;
  let done = 0;
  for (const frames of vectors) {
    let first = true;
    for (const piece of pieces(frames)) {
      const answer = Piece.safeParse(await ask({ at, ...(first ? { new: true } : {}), fr: piece }));
      if (answer.data?.at !== at + 1) return undefined;
      at += 1;
      first = false;
    }
    done += 1;
    onVector(done);
  }
  return Done.safeParse(await ask({ end: true })).data;
}
