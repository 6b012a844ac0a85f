import type { RuleTest, RunSeen } from '../contract/lab.ts';
import type { DataFault } from '../contract/recordings.ts';
import type { ValidateState } from '../contract/validate.ts';
import type { Covered, Evidence } from '../rules/lab/coverage.ts';
import { coverageNow, isSelfTested, isProven as rulesProven } from '../wizard/validate.ts';
import { insist } from './insist.ts';
import {
  type CoverageRecord,
  coverageParts,
  type EvidenceRecord,
  type KeptTestRecord,
  type RuleRecord,
  type RunRecord,
  type ValidationRecord,
} from './validation-schema.ts';

/** The record of a rules wizard. INTERNAL where the state contradicts itself. */
export function validation(state: ValidateState): ValidationRecord {
  const { basedOn, compiled, comparison, decisions, quietSeconds, verdict, written } = state;
  if (verdict === 'pass') insistOnProof(state);
  const runs = state.runs.filter(({ revision }) => revision === compiled?.revision);
  return {
    result: verdict ?? 'incomplete',
    basedOn,
    rules: rulesOf(state, runs),
    compiled: compiled && { text: compiled.text, sha256: compiled.sha256, revision: compiled.revision },
    tests: state.tests.map((test) => keptTest(test, state)),
    quietSeconds,
    runs: runs.map(runOf),
    written,
    selfTest: state.selfTest && { ...state.selfTest, equal: isSelfTested(state) },
    comparison,
    decisions,
  };
}

function insistOnProof(state: ValidateState): void {
  insist(rulesProven(state), 'the rules passed but were not all seen to fire and to clear');
  insist(state.comparison?.differences.length === 0, 'the rules passed although decisions differ');
  insist(
    state.written?.sha256 === state.compiled?.sha256,
    'the rules on the unit are not those that were proven',
  );
  // None at all is a job from before there was one.
  insist(
    state.selfTest === null || isSelfTested(state),
    'the rules passed although the unit failed its self-test of them',
  );
  const failed = state.tested.find(({ passed }) => !passed);
  insist(failed === undefined, `the rules passed although they fail the test ${failed?.name}`);
}

function rulesOf(state: ValidateState, runs: readonly RunSeen[]): RuleRecord[] {
  const { compiled } = state;
  const covered = coverageNow(state);
  return (compiled?.ids ?? []).map((id, index) => {
    const author = state.rules?.find((rule) => rule.id === id);
    const evidence = state.evidence.find((rule) => rule.id === id);
    return {
      id,
      title: author?.title ?? null,
      severity: author?.severity ?? null,
      sentence: compiled?.sentences[index] ?? '',
      fired: evidence?.fired ?? null,
      cleared: evidence?.cleared ?? null,
      coverage: coverageRecord(covered[index], runs),
    };
  });
}

const nothing: Covered = { fired: null, cleared: null, quiet: null, falseAlarms: [], accepted: false };

function coverageRecord(covered: Covered = nothing, runs: readonly RunSeen[]): CoverageRecord {
  const at = (evidence: Evidence): EvidenceRecord => placeOf(evidence, runs);
  const { fired, cleared, quiet, falseAlarms, accepted } = covered;
  const there = {
    fired: fired !== null,
    cleared: cleared !== null,
    quiet: quiet !== null,
    'no-false-alarms': falseAlarms.length === 0,
  };
  return {
    fired: fired && at(fired),
    cleared: cleared && at(cleared),
    quiet: quiet && { ...at(quiet), ms: Math.round(quiet.ms) },
    falseAlarms: falseAlarms.map(at),
    accepted,
    missing: coverageParts.filter((part) => !there[part]),
  };
}

/** Of runs of one name the one in which it was. */
function placeOf({ origin, run: name, t }: Evidence, runs: readonly RunSeen[]): EvidenceRecord {
  const named = [...runs.entries()].filter(([, run]) => run.origin === origin && run.name === name);
  const [place] = named.find(([, { from, to }]) => from <= t && t <= to) ?? named[0] ?? [-1];
  insist(place >= 0, `the evidence from ${name} is of none of the runs`);
  return { origin, run: place, t: Math.round(t) };
}

const whole = (t: number | null): number | null => (t === null ? null : Math.round(t));

/** Times of recordings are whole ms; what a person set on a slider need not be. */
const wholeFault = (fault: DataFault): DataFault =>
  'at' in fault
    ? { ...fault, at: Math.round(fault.at) }
    : { ...fault, from: Math.round(fault.from), to: Math.round(fault.to) };

const runOf = ({ origin, name, data, from, to, normal, rules }: RunSeen): RunRecord => ({
  origin,
  madeUp: origin === 'injected',
  name,
  data: data && { ...data, faults: data.faults.map(wholeFault) },
  from: Math.round(from),
  to: Math.round(to),
  normal,
  rules: rules.map((seen) => ({ ...seen, fired: whole(seen.fired), cleared: whole(seen.cleared) })),
});

function keptTest(
  { name, recording, sha256, faults, seed, rules, expected }: RuleTest,
  { tested }: ValidateState,
): KeptTestRecord {
  const { name: _, ...outcome } = tested.find((one) => one.name === name) ?? { name: null };
  return {
    name,
    recording,
    sha256,
    faults: faults.map(wholeFault),
    seed,
    rules,
    expected: expected.length,
    outcome: 'passed' in outcome ? outcome : null,
  };
}

/** The recordings that the evidence and the kept tests of a record rest on, each once. */
export function recordingsOf({
  validation: done,
}: {
  validation: ValidationRecord | null;
}): { id: string; sha256: string }[] {
  const given = [...(done?.runs ?? []).map(({ data }) => data), ...(done?.tests ?? [])];
  const found = given.flatMap((data) =>
    data === null ? [] : [[data.recording, { id: data.recording, sha256: data.sha256 }] as const],
  );
  return [...new Map(found).values()];
}
