import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createEngine } from './engine.ts';
import type { RuleDecision } from './rule-machine.ts';

export type ReplayFrame = [
  t: number,
  inputs: Record<string, number | null>,
  acknowledged: number[],
  shelves?: [rule: number, until: number][],
];
export interface Case {
  form: unknown;
  frames: ReplayFrame[];
  /** What outlived a reboot. */
  boot?: unknown;
  /** Frames before which the engine is saved and taken up by a new one. */
  split?: readonly number[];
}
type Written = [t: number, rule: number, kind: string, first?: 1];

export interface Outcome {
  out: Written[];
  late: number;
}
/** The same and the whole state at the end. */
export interface End extends Outcome {
  state: string;
  kept: unknown;
}

const written = ({ t, rule, kind, first }: RuleDecision): Written =>
  first ? [t, rule, kind, 1] : [t, rule, kind];

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
    out.push(...engine.feed(t, inputs, acknowledged, shelves).map(written));
  }
  return { out, late: engine.late, state: engine.save(), kept: engine.persist() };
}

/** What the app's engine decides. */
export function replay(given: Case): Outcome {
  const { out, late } = play(given);
  return { out, late };
}

interface Vector extends Outcome {
  rs: {
    sig: (string | number)[][];
    cond: unknown[][];
    rule: ({ latch: boolean } & Record<string, unknown>)[];
  };
  fr: ReplayFrame[];
}

/** The reference vectors: rule sets in the older form, where an input stands inside its signal. */
export function vectors(): { given: Case; expected: Outcome }[] {
  const file = new URL('../../test/fixtures/rules/vectors.jsonl.gz', import.meta.url);
  return gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split('\n')
    .map((line) => {
      const { rs, fr, out, late }: Vector = JSON.parse(line);
      const inputs: (string | number)[][] = [];
      const sig = rs.sig.map((entry) =>
        entry[0] === 'in' ? ['in', inputs.push(entry.slice(1)) - 1] : entry,
      );
      const rule = rs.rule.map((each, index) => ({ ...each, id: `r${index}`, latch: Number(each.latch) }));
      return {
        given: { form: { v: 1, in: inputs, sig, cond: rs.cond, rule }, frames: fr },
        expected: { out, late },
      };
    });
}
