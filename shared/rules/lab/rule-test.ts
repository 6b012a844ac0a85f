import { z } from 'zod';
import { type EventRow, eventRow } from '../replay-frames.ts';
import { Fault, injectFaults } from './faults.ts';
import type { Recording } from './recording.ts';
import { replayRecording } from './replay.ts';

const Row = z.union([
  z.tuple([z.number().int(), z.string(), z.enum(['ON', 'OFF', 'RTN', 'REP'])]),
  z.tuple([z.number().int(), z.string(), z.enum(['ON', 'OFF', 'RTN', 'REP']), z.literal(1)]),
]);

/** A replay that was right once, kept with the rules: they must decide so again. Rules by id: others may be added. */
export const RuleTest = z.strictObject({
  test: z.literal(1),
  name: z.string().min(1).max(80),
  /** Which recording, and what was put in it. */
  recording: z.string(),
  faults: z.array(Fault),
  seed: z.number().int(),
  rules: z.array(z.string()).min(1),
  expected: z.array(Row),
});
export type RuleTest = z.infer<typeof RuleTest>;
type NamedRow = RuleTest['expected'][number];

function decide(
  deviceForm: unknown,
  recording: Recording,
  test: Pick<RuleTest, 'faults' | 'seed' | 'rules'>,
): NamedRow[] {
  const { events, rules } = replayRecording(deviceForm, injectFaults(recording, test.faults, test.seed));
  return events.flatMap((event): NamedRow[] => {
    const id = rules[event.rule]?.id ?? '';
    if (!test.rules.includes(id)) return [];
    const [t, , kind, first]: EventRow | [number, number, EventRow[2], undefined] = eventRow(event);
    return [first === 1 ? [t, id, kind, 1] : [t, id, kind]];
  });
}

/** What the rules decide now, as a test of them. */
export const keepAsTest = (
  deviceForm: unknown,
  recording: Recording,
  test: Omit<RuleTest, 'test' | 'expected'>,
): RuleTest => ({ test: 1, ...test, expected: decide(deviceForm, recording, test) });

/** What is expected and did not come, and what came and is not expected; both empty where the test passes. */
export function runRuleTest(
  deviceForm: unknown,
  recording: Recording,
  test: RuleTest,
): { missing: NamedRow[]; unexpected: NamedRow[] } {
  const now = decide(deviceForm, recording, test);
  const without = (many: readonly NamedRow[], others: readonly NamedRow[]): NamedRow[] => {
    const left = new Set(others.map((row) => JSON.stringify(row)));
    return many.filter((row) => !left.has(JSON.stringify(row)));
  };
  return { missing: without(test.expected, now), unexpected: without(now, test.expected) };
}
