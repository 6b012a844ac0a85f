import { Failure } from '../../contract/failure.ts';
import type { RuleTest, TestOutcome } from '../../contract/lab.ts';
import type { CompileChannel } from '../compile-channel.ts';
import { eventRow } from '../replay-frames.ts';
import { injectFaults } from './faults.ts';
import { faultsOf } from './faults-of.ts';
import type { Recording } from './recording.ts';
import { replayRecording } from './replay.ts';

type NamedRow = RuleTest['expected'][number];
type Channels = readonly Pick<CompileChannel, 'id' | 'quantum'>[];

/** More than a contract's list holds is no test that a person could look through. */
const mostRows = 500;

function decide(
  deviceForm: unknown,
  recording: Recording,
  { faults, seed, rules: wanted }: Pick<RuleTest, 'faults' | 'seed' | 'rules'>,
  channels: Channels,
): { rows: NamedRow[]; ids: string[] } {
  const put = faultsOf(faults, channels, recording.times[0] ?? 0);
  const { events, rules } = replayRecording(deviceForm, injectFaults(recording, put, seed));
  const ids = rules.map(({ id }) => id);
  const rows = events.flatMap((event): NamedRow[] => {
    const id = ids[event.rule] ?? '';
    if (!wanted.includes(id)) return [];
    const [t, , kind, first] = eventRow(event);
    return [first === 1 ? [t, id, kind, 1] : [t, id, kind]];
  });
  return { rows, ids };
}

/**
 * What the rules decide now, as a test of them. Fails with RULES_INVALID; with TRIAL_INVALID where the faults do not
 * fit, or where there are more decisions than a test may hold.
 */
export function keepAsTest(
  deviceForm: unknown,
  recording: Recording,
  test: Omit<RuleTest, 'test' | 'expected'>,
  channels: Channels,
): RuleTest {
  const { rows } = decide(deviceForm, recording, test, channels);
  if (rows.length <= mostRows) return { test: 1, ...test, expected: rows };
  const detail = `the rules decide ${rows.length} times over it, a test holds ${mostRows} decisions`;
  throw new Failure('TRIAL_INVALID', { detail });
}

const words = ([t, id, kind]: NamedRow): string => `${id} ${kind} at ${t} ms`;

/** Fails with RULES_INVALID, TRIAL_INVALID; a rule that is no longer there fails the test. */
export function runRuleTest(
  deviceForm: unknown,
  recording: Recording,
  test: RuleTest,
  channels: Channels,
): TestOutcome {
  const { rows: now, ids } = decide(deviceForm, recording, test, channels);
  const without = (many: readonly NamedRow[], others: readonly NamedRow[]): NamedRow[] => {
    const left = new Set(others.map((row) => JSON.stringify(row)));
    return many.filter((row) => !left.has(JSON.stringify(row)));
  };
  const missing = without(test.expected, now);
  const unexpected = without(now, test.expected);
  const gone = test.rules.filter((id) => !ids.includes(id));
  const first = [
    ...gone.map((id) => `there is no rule ${id} any more`),
    ...missing.map((row) => `missing: ${words(row)}`),
    ...unexpected.map((row) => `unexpected: ${words(row)}`),
  ][0];
  return {
    name: test.name,
    passed: first === undefined,
    missing: missing.length,
    unexpected: unexpected.length,
    first: first ?? null,
  };
}
