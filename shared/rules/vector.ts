import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { issueWords } from './issue-words.ts';
import { eventRow } from './replay-frames.ts';
import type { RuleDecision } from './rule-machine.ts';

/** A frame as vectors have it: ms, samples in quanta (null: bad), rules acknowledged, rules shelved until a time. */
export type VectorFrame = [
  t: number,
  inputs: Record<string, number | null>,
  acknowledged: number[],
  shelves?: [rule: number, until: number][],
];

/** A rule set in the device form, frames, and what is to be decided. */
export interface RuleVector {
  form: unknown;
  /** What outlived a reboot. */
  boot?: unknown;
  frames: VectorFrame[];
  expected: VectorOutcome;
}

export type VectorRow = [t: number, rule: number, kind: string] | [number, number, string, 1];

export interface VectorOutcome {
  /** `[t, rule, kind]`, with a 1 at the end where it is the first of its group. */
  out: VectorRow[];
  /** Frames that were refused because their time did not increase. */
  late: number;
}

const Whole = z.number().int();
const Entry = z.array(z.unknown());
const Frame = z
  .tuple([
    Whole,
    z.record(z.string(), Whole.nullable()),
    z.array(Whole).optional(),
    z.array(z.tuple([Whole, Whole])).optional(),
  ])
  .transform(
    ([t, inputs, acknowledged = [], shelves = []]): VectorFrame => [t, inputs, acknowledged, shelves],
  );

const Vector = z.object({
  rs: z.object({
    in: z.array(z.tuple([z.string(), Whole])).optional(),
    sig: z.array(Entry),
    cond: z.array(Entry),
    rule: z.array(z.record(z.string(), z.unknown())),
  }),
  boot: z.unknown().optional(),
  fr: z.array(Frame),
  out: z.array(
    z.union([z.tuple([Whole, Whole, z.string()]), z.tuple([Whole, Whole, z.string(), z.literal(1)])]),
  ),
  late: Whole.default(0),
});

type RuleSet = z.infer<typeof Vector>['rs'];

/** `["in", name, stale]` names its input where the device form has an index; `latch` may be a truth; ids may be absent. */
function deviceFormOf({ in: given = [], sig, cond, rule }: RuleSet): unknown {
  const inputs = given.map(([name, stale]): unknown[] => [name, stale]);
  const indexOf = (name: unknown, stale: unknown): number => {
    const known = inputs.findIndex((input) => input[0] === name && input[1] === stale);
    return known >= 0 ? known : inputs.push([name, stale]) - 1;
  };
  const signals = sig.map((entry) =>
    entry[0] === 'in' && entry.length === 3 ? ['in', indexOf(entry[1], entry[2])] : entry,
  );
  const rules = rule.map((each, index) => ({
    id: `r${index}`,
    ...each,
    ...(typeof each.latch === 'boolean' ? { latch: Number(each.latch) } : {}),
  }));
  return { v: 1, in: inputs, sig: signals, cond, rule: rules };
}

/** One line of a file of vectors. Fails with RULES_INVALID where it is none; the rules themselves are not looked at. */
export function readVector(line: string): RuleVector {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new Failure('RULES_INVALID', { detail: 'it is not JSON' }, { cause });
  }
  const parsed = Vector.safeParse(value);
  if (!parsed.success) {
    throw new Failure('RULES_INVALID', { detail: issueWords(parsed.error) });
  }
  const { rs, boot, fr, out, late } = parsed.data;
  return {
    form: deviceFormOf(rs),
    frames: fr,
    expected: { out, late },
    ...(boot === undefined ? {} : { boot }),
  };
}

export const vectorRow = (decision: RuleDecision): VectorRow => eventRow(decision);

/** Where two outcomes part, in words; null where they are the same. */
export function firstDifference(expected: VectorOutcome, found: VectorOutcome): string | null {
  const most = Math.max(expected.out.length, found.out.length);
  for (let i = 0; i < most; i += 1) {
    const [want, got] = [JSON.stringify(expected.out[i]), JSON.stringify(found.out[i])];
    if (want !== got) return `decision ${i} should be ${want ?? 'none'}, is ${got ?? 'none'}`;
  }
  return expected.late === found.late ? null : `${expected.late} frames should be late, ${found.late} are`;
}
