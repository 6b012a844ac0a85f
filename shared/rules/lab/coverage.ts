import type { Origin, RuleSeen, RunSeen } from '../../contract/lab.ts';
import type { RuleDecision } from '../rule-machine.ts';
import { alarmsOf } from './replay.ts';

/** What each rule did in a run, from its events, and what it knew in it. */
export const seenOf = (
  events: readonly RuleDecision[],
  knew: readonly Pick<RuleSeen, 'saw' | 'known'>[],
): RuleSeen[] =>
  knew.map((known, rule) => {
    const alarms = alarmsOf(events.filter((event) => event.rule === rule));
    const ended = alarms.find(({ until }) => until !== null);
    return {
      fired: alarms[0]?.from ?? null,
      cleared: ended?.until ?? null,
      alarms: alarms.length,
      ...known,
    };
  });

export interface Evidence {
  origin: Origin;
  run: string;
  /** ms of the run's clock. */
  t: number;
}

/** What a rule was seen to do, the strongest evidence first found of each. */
export interface Covered {
  fired: Evidence | null;
  cleared: Evidence | null;
  /** Said nothing in normal operation, while it knew its condition for at least as long as was asked. */
  quiet: (Evidence & { ms: number }) | null;
  /** Runs in normal operation with alarms, which are false ones: each by its first. */
  falseAlarms: Evidence[];
  /** All three were seen, and no false alarm. */
  accepted: boolean;
}

/** What was seen on a unit weighs more than what was put together. */
const weight: Readonly<Record<Origin, number>> = { live: 0, bench: 1, recording: 2, injected: 3 };

/** Coverage of each of so many rules by the runs. `quietMs`: how long normal operation must have been. */
export function coverageOf(rules: number, runs: readonly RunSeen[], quietMs: number): Covered[] {
  const ranked = runs.toSorted((a, b) => weight[a.origin] - weight[b.origin]);
  return Array.from({ length: rules }, (_, rule) => coverOne(rule, ranked, quietMs));
}

const knownMs = ({ from, to }: RunSeen, { known = to - from }: RuleSeen): number =>
  Math.min(known, to - from);

function coverOne(rule: number, runs: readonly RunSeen[], quietMs: number): Covered {
  const all = runs.flatMap((run) => {
    const seen = run.rules[rule];
    return seen === undefined ? [] : [{ run, seen }];
  });
  const at = ({ origin, name }: RunSeen, t: number): Evidence => ({ origin, run: name, t });
  const first = (field: 'fired' | 'cleared'): Evidence | null => {
    const found = all.find(({ seen }) => seen[field] !== null);
    return found ? at(found.run, found.seen[field] ?? found.run.from) : null;
  };
  const [fired, cleared] = [first('fired'), first('cleared')];
  const normal = all.filter(({ run }) => run.normal && run.origin !== 'injected');
  const falseAlarms = normal.flatMap(({ run, seen }) =>
    seen.alarms > 0 ? [at(run, seen.fired ?? run.from)] : [],
  );
  const calm = normal.find(({ run, seen }) => seen.saw && seen.alarms === 0 && knownMs(run, seen) >= quietMs);
  const quiet = calm ? { ...at(calm.run, calm.run.from), ms: knownMs(calm.run, calm.seen) } : null;
  const accepted = fired !== null && cleared !== null && quiet !== null && falseAlarms.length === 0;
  return { fired, cleared, quiet, falseAlarms, accepted };
}
