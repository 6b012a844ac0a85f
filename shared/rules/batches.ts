import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { conditionOperators } from './conditions.ts';
import type { DeviceForm } from './device-form.ts';
import { type Batch, type Board, type Node, unknown } from './nodes.ts';
import type { Operator, Reads } from './operator.ts';
import { signalOperators } from './signals.ts';

/** Largest magnitude of an input (rule N3 of the model). */
const inputMax = 2 ** 31;
/** Differences of differences grow; beyond this, sums and products would no longer be exact in 53 bits. */
const magnitudeMax = 2 ** 36;

/** Where a node is kept. */
export interface Place {
  batch: Batch;
  place: number;
}

export interface Network {
  board: Board;
  /** In an order in which each finds what it reads. */
  batches: readonly Batch[];
  signals: readonly Place[];
  conditions: readonly Place[];
}

interface Read extends Node {
  operator: Operator;
  reads: Reads;
  /** How many others stand between it and the inputs at most. */
  level: number;
}

const refuse = (detail: string): Failure => new Failure('RULES_INVALID', { detail });

/** One node's entry; what is wrong with it is said with its place. */
function read(
  table: ReadonlyMap<string, Operator>,
  entry: readonly unknown[],
  at: number,
  kind: string,
): Omit<Read, 'level'> {
  const name = String(entry[0]);
  const operator = table.get(name);
  if (!operator) throw refuse(`${kind} ${at}: unknown operator ${name}`);
  try {
    return { at, entry, operator, reads: operator.reads(entry) };
  } catch (thrown) {
    if (!(thrown instanceof z.ZodError)) throw thrown;
    throw refuse(`${kind} ${at}: the arguments of ${name} do not fit`);
  }
}

function mustBeThere(refs: readonly number[] | undefined, count: number, kind: string): void {
  const missing = refs?.find((index) => index >= count);
  if (missing !== undefined) throw refuse(`there is no ${kind} ${missing}`);
}

const levelAbove = (refs: readonly number[] | undefined, below: readonly { level: number }[]): number =>
  Math.max(0, ...(refs ?? []).map((index) => (below[index]?.level ?? 0) + 1));

function readSignals(form: DeviceForm): Read[] {
  const signals: Read[] = [];
  const tops: number[] = [];
  for (const [at, entry] of form.sig.entries()) {
    const one = read(signalOperators, entry, at, 'signal');
    mustBeThere(one.reads.inputs, form.in.length, 'input');
    mustBeThere(one.reads.signals, at, 'signal');
    const top = (one.reads.signals ?? []).reduce((sum, index) => sum + (tops[index] ?? 0), 0) || inputMax;
    if (top > magnitudeMax) throw refuse(`signal ${at}: difference of too many differences`);
    tops.push(top);
    signals.push({ ...one, level: levelAbove(one.reads.signals, signals) });
  }
  return signals;
}

function readConditions(form: DeviceForm): Read[] {
  const conditions: Read[] = [];
  for (const [at, entry] of form.cond.entries()) {
    const one = read(conditionOperators, entry, at, 'condition');
    mustBeThere(one.reads.signals, form.sig.length, 'signal');
    mustBeThere(one.reads.conditions, at, 'condition');
    conditions.push({ ...one, level: levelAbove(one.reads.conditions, conditions) });
  }
  for (const { c } of form.rule) mustBeThere([c], conditions.length, 'condition');
  return conditions;
}

/** Nodes of one operator and one level make a batch. */
function gather(nodes: readonly Read[], board: Board): { batches: Batch[]; kept: Place[] } {
  const groups = Map.groupBy(
    nodes.toSorted((a, b) => a.level - b.level || a.at - b.at),
    ({ level, entry }) => `${level} ${String(entry[0])}`,
  );
  const kept: Place[] = [];
  const batches = [...groups.values()].map((group) => {
    const [first] = group as [Read, ...Read[]];
    const batch = first.operator.make(board, group);
    for (const [place, { at }] of group.entries()) kept[at] = { batch, place };
    return batch;
  });
  return { batches, kept };
}

/** Signals and conditions of a rule set, cold. Fails with RULES_INVALID. */
export function networkOf(form: DeviceForm): Network {
  const board: Board = {
    inputs: form.in,
    samples: new Float64Array(0),
    row: 0,
    value: new Float64Array(form.sig.length).fill(Number.NaN),
    fresh: new Uint8Array(form.sig.length),
    truth: new Uint8Array(form.cond.length).fill(unknown),
    moved: true,
    clock: { week: Number.NaN, setAt: 0 },
  };
  const signals = gather(readSignals(form), board);
  const conditions = gather(readConditions(form), board);
  return {
    board,
    batches: [...signals.batches, ...conditions.batches],
    signals: signals.kept,
    conditions: conditions.kept,
  };
}
