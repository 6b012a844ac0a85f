import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { issueWords } from './issue-words.ts';
import { Cap, Count, Flag, Ref, Span, Value } from './operator.ts';

/** What the unit itself does, as `plumbline/actions.py` reads it; all rules go to the broker anyhow. */
const Act = z.union([
  z.tuple([z.literal('mqtt')]),
  z.tuple([z.literal('gpio'), z.union([z.string(), z.number().int()]), Flag]),
]);

export const DeviceRule = z.strictObject({
  id: z.string(),
  /** Condition. */
  c: Ref,
  /** On-delay and off-delay, ms. */
  on: Count.default(0),
  off: Count.default(0),
  /** Re-alarm period in ms (0: none), and how often at most. */
  rep: Count.default(0),
  rn: Cap.default(1),
  /** While unknown: 0 false, 1 true, 2 as last known. */
  unk: z.number().int().min(0).max(2).default(2),
  latch: Flag.default(0),
  /** 1: begins only with a crossing; after a cold start the condition must have been false once. */
  edge: Flag.default(0),
  /** First-out group. */
  grp: z.number().int().min(1).max(64).optional(),
  /** Says nothing while one of these rules is on. */
  inh: z.array(Ref).max(64).default([]),
  /** Longest shelving, ms. */
  smax: Span.default(28_800_000),
  sev: Value.optional(),
  /** What the unit does beside telling; not the engine's. */
  act: z.array(Act).max(8).optional(),
});
export type DeviceRule = z.infer<typeof DeviceRule>;

/** No rule may silence itself, on whatever way round. */
function checkInhibition(rules: readonly DeviceRule[], context: z.RefinementCtx): void {
  const clear = new Set<number>();
  const path = new Set<number>();
  const circles = (rule: number): boolean => {
    if (path.has(rule)) return true;
    if (clear.has(rule)) return false;
    path.add(rule);
    const found = (rules[rule]?.inh ?? []).some(circles);
    path.delete(rule);
    clear.add(rule);
    return found;
  };
  for (const [rule, { inh }] of rules.entries()) {
    const missing = inh.find((other) => other >= rules.length);
    if (missing !== undefined) {
      context.addIssue({ code: 'custom', path: [rule, 'inh'], message: `there is no rule ${missing}` });
    }
    if (circles(rule)) {
      context.addIssue({ code: 'custom', path: [rule, 'inh'], message: 'the rule inhibits itself' });
      return;
    }
  }
}

const Entry = z.array(z.unknown()).min(1);

/** The rule set as the unit gets it: flat arrays of integers, in evaluation order. */
export const DeviceForm = z.strictObject({
  v: z.literal(1),
  in: z.array(z.tuple([z.string(), Count])).max(32),
  sig: z.array(Entry).max(64),
  cond: z.array(Entry).max(128),
  rule: z
    .array(DeviceRule)
    .max(64)
    .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'a rule id is there twice')
    .superRefine(checkInhibition),
});
export type DeviceForm = z.infer<typeof DeviceForm>;

const strings = /"(?:[^"\\]|\\.)*"/g;
const numbers = /-?\d[\d.eE+-]*/g;
const wholeNumber = /^-?(?:0|[1-9]\d*)$/;

/**
 * The rule set in a unit's file. Numbers must be written as whole numbers: `1.0` and `1e3` are floats to a unit.
 * Fails with RULES_INVALID.
 */
export function readDeviceForm(text: string): DeviceForm {
  const float = (text.replace(strings, '""').match(numbers) ?? []).find((token) => !wholeNumber.test(token));
  if (float !== undefined) throw new Failure('RULES_INVALID', { detail: `${float} is not a whole number` });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    const detail = text.startsWith('\uFEFF')
      ? 'it begins with a byte order mark; write it without, for the unit gets these very bytes'
      : 'it is not JSON';
    throw new Failure('RULES_INVALID', { detail }, { cause: thrown });
  }
  return checkDeviceForm(value);
}

export function checkDeviceForm(value: unknown): DeviceForm {
  const parsed = DeviceForm.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Failure('RULES_INVALID', { detail: issueWords(parsed.error) });
}
