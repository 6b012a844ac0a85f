import { readFileSync } from 'node:fs';
import { createEngine } from './engine.ts';

export type ReplayFrame = [t: number, inputs: Record<string, number | null>, acknowledged: number[]];
export interface Case {
  form: unknown;
  frames: ReplayFrame[];
}
export interface Outcome {
  out: [t: number, rule: number, kind: string][];
  late: number;
}

/** What the app's engine decides. */
export function replay({ form, frames }: Case): Outcome {
  const engine = createEngine(form);
  const out = frames.flatMap(([t, inputs, acknowledged]) => engine.feed(t, inputs, acknowledged));
  return { out: out.map(({ t, rule, kind }) => [t, rule, kind]), late: engine.late };
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
  const text = readFileSync(new URL('fixtures/vectors.jsonl', import.meta.url), 'utf8');
  return text
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
