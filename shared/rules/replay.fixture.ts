import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createEngine } from './engine.ts';
import { readVector, type VectorFrame, type VectorOutcome, vectorRow } from './vector.ts';

export type ReplayFrame = VectorFrame;
export interface Case {
  form: unknown;
  frames: ReplayFrame[];
  /** What outlived a reboot. */
  boot?: unknown;
  /** Frames before which the engine is saved and taken up by a new one. */
  split?: readonly number[];
}
export type Outcome = VectorOutcome;
/** The same and the whole state at the end. */
export interface End extends Outcome {
  state: string;
  kept: unknown;
}

/** What the app's engine decides, and how it ends. */
export function play({ form, frames, boot, split = [] }: Case): End {
  let engine = createEngine(form, { rev: 'rev' });
  if (boot !== undefined) engine.boot(boot);
  const out: Outcome['out'] = [];
  for (const [at, [t, inputs, acknowledged, shelves]] of frames.entries()) {
    if (split.includes(at)) {
      const state = engine.save();
      engine = createEngine(form, { rev: 'rev' });
      engine.restore(state);
    }
    out.push(...engine.feed(t, inputs, acknowledged, shelves).map(vectorRow));
  }
  return { out, late: engine.late, state: engine.save(), kept: engine.persist() };
}

/** What the app's engine decides. */
export function replay(given: Case): Outcome {
  const { out, late } = play(given);
  return { out, late };
}

/** The reference vectors. */
export function vectors(): { given: Case; expected: Outcome }[] {
  const file = new URL('../../test/fixtures/rules/vectors.jsonl.gz', import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  return lines.map((line) => {
    const { form, frames, expected } = readVector(line);
    return { given: { form, frames: [...frames] }, expected };
  });
}
