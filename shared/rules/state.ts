import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import type { Network, Place } from './batches.ts';
import type { DeviceForm } from './device-form.ts';
import { type Memory, StateError, unknown } from './nodes.ts';
import type { RuleMachines } from './rule-machine.ts';
import type { Telling } from './telling.ts';

/** What an engine is made of. */
export interface Parts {
  readonly form: DeviceForm;
  readonly rev: string | null;
  readonly network: Network;
  readonly machines: RuleMachines;
  readonly telling: Telling;
  /** Engine time of the last pass; NaN before the first frame. */
  now: number;
  late: number;
}

const orNull = (x: number): number | null => (Number.isNaN(x) ? null : x);

/** Compact JSON of integers, strings, null and lists: the same text as the unit's `save`. */
export function writeState({ form, rev, network, machines, telling, now, late }: Parts): string {
  const { board, signals, conditions } = network;
  const { week, setAt } = board.clock;
  const memory = ({ batch, place }: Place): Memory => batch.save(place);
  const signal = signals.map((place, i) => [orNull(board.value[i] ?? Number.NaN), ...memory(place)]);
  const condition = conditions.map((place, i) => {
    const truth = board.truth[i] ?? unknown;
    return [truth === unknown ? null : truth, ...memory(place)];
  });
  const rule = form.rule.map((_, i) => {
    const { machine, start, times } = machines.save(i);
    return [...machine, start, telling.told(i), ...times, telling.until(i)];
  });
  const clock = Number.isNaN(week) ? null : [setAt, week];
  return JSON.stringify([1, rev, orNull(now), late, clock, signal, condition, rule]);
}

const Whole = z.number().int();
const Memories = z.array(z.array(Whole.nullable()).min(1).max(600)).max(128);
const Rule = z.tuple([
  z.number().int().min(0).max(4),
  z.number().int().min(0).max(1),
  z.number().int().min(0).max(2),
  z.number().int().min(0).max(2),
  Whole,
  Whole,
  z.number().int().min(0).max(256),
  Whole.nullable(),
]);
const State = z.tuple([
  z.literal(1),
  z.string().nullable(),
  Whole.nullable(),
  Whole,
  z.tuple([Whole, Whole]).nullable(),
  Memories,
  Memories,
  z.array(Rule).max(64),
]);

const refused = (detail: string, cause?: unknown): Failure =>
  new Failure('RULES_INVALID', { detail: `the saved state does not fit: ${detail}` }, { cause });

function parse(text: string): z.infer<typeof State> {
  try {
    return State.parse(JSON.parse(text));
  } catch (thrown) {
    throw refused('it has another form', thrown);
  }
}

/** Fails with RULES_INVALID; the engine is half restored then. */
export function readState(parts: Parts, text: string): void {
  const [, rev, now, late, clock, signals, conditions, rules] = parse(text);
  const { network, form, machines, telling } = parts;
  if (rev !== parts.rev) throw refused(`it is of rules ${rev}, these are ${parts.rev}`);
  const fits =
    signals.length === form.sig.length &&
    conditions.length === form.cond.length &&
    rules.length === form.rule.length;
  if (!fits) throw refused('it is of other rules');
  parts.now = now ?? Number.NaN;
  parts.late = late;
  Object.assign(network.board.clock, { setAt: clock?.[0] ?? 0, week: clock?.[1] ?? Number.NaN });
  try {
    // Values first: what a node remembers may rest on them.
    for (const [i, [value]] of signals.entries()) network.board.value[i] = value ?? Number.NaN;
    for (const [i, [truth]] of conditions.entries()) network.board.truth[i] = truth ?? unknown;
    restoreAll(network.signals, signals, parts.now);
    restoreAll(network.conditions, conditions, parts.now);
  } catch (thrown) {
    if (!(thrown instanceof StateError)) throw thrown;
    throw refused(thrown.message, thrown);
  }
  for (const [i, [state, last, start, told, since, next, left, until]] of rules.entries()) {
    machines.restore(i, [state, last, start, since, next, left]);
    telling.restore(i, told, until, now !== null);
  }
}

function restoreAll(nodes: readonly Place[], memories: z.infer<typeof Memories>, now: number): void {
  for (const [i, { batch, place }] of nodes.entries()) batch.restore(place, memories[i]?.slice(1) ?? [], now);
}
