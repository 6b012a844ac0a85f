import { createHash } from 'node:crypto';
import type { RuleTest, RunSeen } from '../contract/lab.ts';
import type { DataFault } from '../contract/recordings.ts';
import type { AuthorRule, ValidateState } from '../contract/validate.ts';
import { newValidate } from '../wizard/validate.ts';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

const recorded = { recording: 'r1', sha256: sha('recording') };
const spike: DataFault = { kind: 'spike', input: 't1', at: 60_000, height: '25' };

const keptTest = (rules: string[]): RuleTest => ({
  test: 1,
  name: 'lid opened',
  ...recorded,
  faults: [spike],
  seed: 1,
  rules,
  expected: [
    [61_000, rules[0] ?? '', 'ON'],
    [63_000, rules[0] ?? '', 'OFF'],
  ],
});

/** A proof on the bench, normal operation after it, and a recording with a fault put in. */
function exampleRuns(revision: string, evidence: ValidateState['evidence']): RunSeen[] {
  const still = { fired: null, cleared: null, alarms: 0, saw: true };
  const seen = evidence.map(({ fired, cleared }) => ({
    fired: fired?.t ?? null,
    cleared: cleared?.t ?? null,
    alarms: 1,
    saw: true,
  }));
  const live = { data: null, revision };
  return [
    { ...live, origin: 'bench', name: 'unit, boot 4', from: 22_007, to: 184_007, normal: false, rules: seen },
    {
      ...live,
      origin: 'live',
      name: 'unit, boot 4',
      from: 184_007,
      to: 196_007,
      normal: true,
      rules: evidence.map(() => still),
    },
    {
      origin: 'injected',
      name: 'Week 46',
      data: { ...recorded, faults: [spike], seed: 1 },
      revision,
      from: 0,
      to: 604_800_000,
      normal: false,
      rules: evidence.map((_, n) =>
        n === 0 ? { fired: 61_000, cleared: 63_000, alarms: 1, saw: true } : still,
      ),
    },
  ];
}

/** Rules that were tried, pushed and proven on the bench. */
export function exampleValidate(hardwareId: string, count: number): ValidateState {
  const rules: AuthorRule[] = Array.from({ length: count }, (_, n) => ({
    id: `high-temperature-${n + 1}`,
    title: 'High temperature',
    when: { sensor: 't1', above: String(60 + n), deadband: '2', not: false },
    for: '2s',
    clearAfter: '0s',
    ifNoData: 'keep',
    severity: n % 2 ? 'medium' : 'high',
  }));
  const conditions = rules.map((_, n) => ({ s: 0, op: '>', on: 60_000 + n * 1000, off: 58_000 + n * 1000 }));
  const text = JSON.stringify({
    v: 1,
    in: [['t1', 5000]],
    sig: [],
    cond: conditions,
    rule: rules.map(({ id }, c) => ({ id, c, on: 2000, off: 0, unk: 2 })),
  });
  const event = (rule: number, kind: 'ON' | 'OFF', seq: number) => ({ seq, t: seq * 100 + 7, rule, kind });
  const evidence = rules.map(({ id }, n) => ({
    id,
    fired: event(n, 'ON', 412 + n * 9),
    cleared: event(n, 'OFF', 1180 + n * 9),
  }));
  const revision = sha(text).slice(0, 8);
  const ids = rules.map(({ id }) => id);
  const vectors = sha('decisions on the vectors');
  return {
    ...newValidate('w3', hardwareId, 'bench:1'),
    step: 'result',
    tasksStarted: 3,
    done: true,
    referencePort: 'bench:reference',
    rules,
    compiled: {
      text,
      sha256: sha(text),
      revision,
      ids,
      sentences: rules.map(
        (_, n) =>
          `Fires when t1 has been above ${60 + n} °C for 2 s; clears when it falls below ${58 + n} °C.`,
      ),
    },
    written: { sha256: sha(text), readBack: sha(text), fromSeq: 220 },
    basedOn: { revision: sha('before').slice(0, 8), lesson: 'Starts of the pump are no overheating' },
    tests: [keptTest(ids)],
    tested: [{ name: 'lid opened', passed: true, missing: 0, unexpected: 0, first: null }],
    runs: exampleRuns(revision, evidence),
    selfTest: {
      engine: 1,
      revision,
      vectors: 200,
      frames: 4215,
      decisions: 612,
      expected: vectors,
      found: vectors,
    },
    evidence,
    decisions: evidence.flatMap(({ fired, cleared }) => [fired, cleared]),
    comparison: { frames: 1840, decisions: 2 * count, lostFrames: 0, differences: [] },
    verdict: 'pass',
  };
}
