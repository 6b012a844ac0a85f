import type { RuleDecision } from '../rule-machine.ts';
import { alarmsOf } from './replay.ts';

/** Where evidence comes from: live data, a stimulus on the bench, a recording, or input that was made up. */
export type Origin = 'live' | 'bench' | 'recording' | 'injected';

/** A run of the rules over data, live or replayed. */
export interface Run {
  origin: Origin;
  /** Which run: a unit and its boot, a file, the faults that were put in. */
  name: string;
  /** ms of its clock. */
  from: number;
  to: number;
  /** True: the process was as it should be all the time, so that an alarm would have been a false one. */
  normal: boolean;
  events: readonly RuleDecision[];
  /** Rules whose condition was known at some time: one that saw nothing has not held its tongue. */
  saw: readonly boolean[];
}

export interface Evidence {
  origin: Origin;
  run: string;
  t: number;
}

/** What a rule was seen to do, the strongest evidence first found of each. */
export interface Covered {
  fired: Evidence | null;
  cleared: Evidence | null;
  /** Said nothing in normal operation, for at least as long as was asked: from its start on. */
  quiet: (Evidence & { ms: number }) | null;
  /** Alarms in normal operation: false ones. */
  falseAlarms: Evidence[];
  /** All three were seen, and no false alarm. */
  accepted: boolean;
}

/** What was seen on a unit weighs more than what was put together. */
const weight: Readonly<Record<Origin, number>> = { live: 0, bench: 1, recording: 2, injected: 3 };

/** Coverage of each rule by the runs. `quietMs`: how long normal operation must have been; an hour where left out. */
export function coverageOf(rules: number, runs: readonly Run[], quietMs = 3_600_000): Covered[] {
  const ranked = runs.toSorted((a, b) => weight[a.origin] - weight[b.origin]);
  return Array.from({ length: rules }, (_, rule) => coverOne(rule, ranked, quietMs));
}

function coverOne(rule: number, runs: readonly Run[], quietMs: number): Covered {
  const seen = runs.map((run) => ({
    run,
    alarms: alarmsOf(run.events.filter((event) => event.rule === rule)),
  }));
  const evidence = ({ origin, name }: Run, t: number): Evidence => ({ origin, run: name, t });
  const all = seen.flatMap(({ run, alarms }) => alarms.map((alarm) => ({ run, ...alarm })));
  const [first] = all;
  const cleared = all.find(({ until }) => until !== null);
  const falseAlarms = all.filter(({ run }) => run.normal).map(({ run, from }) => evidence(run, from));
  const calm = seen.find(({ run, alarms }) => {
    const counts = run.normal && run.origin !== 'injected' && run.saw[rule] === true;
    return counts && alarms.length === 0 && run.to - run.from >= quietMs;
  })?.run;
  const quiet = calm ? { ...evidence(calm, calm.from), ms: calm.to - calm.from } : null;
  return {
    fired: first ? evidence(first.run, first.from) : null,
    cleared: cleared ? evidence(cleared.run, cleared.until ?? cleared.from) : null,
    quiet,
    falseAlarms,
    accepted: first !== undefined && cleared !== undefined && quiet !== null && falseAlarms.length === 0,
  };
}
