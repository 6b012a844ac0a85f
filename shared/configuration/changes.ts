import { canonicalText, type Json } from './json-text.ts';

/** From a value to one inside of it. */
export type Step =
  | { readonly key: string }
  /** The entry of a list that has this `id`. */
  | { readonly id: string }
  | { readonly index: number }
  /** The order in which a list has the entries with an id. */
  | { readonly order: true };

/** One place where two values differ; undefined: not there. */
export interface Change {
  readonly steps: readonly Step[];
  readonly path: string;
  readonly found: Json | undefined;
  readonly wanted: Json | undefined;
}

/** `DifferenceLine.path` takes 150 letters. */
const longestPath = 140;
/** Names that are shown and kept in the record: no control characters, no half characters. */
const plainKey = /^[^\p{Cc}\p{Cs}]{0,60}$/u;
const plainId = /^[A-Za-z0-9_.-]{1,40}$/;

/** Every place where the two differ, each as deep down as it can be named. None exactly when they are equal. */
export function changes(found: Json, wanted: Json): Change[] {
  return [...between(found, wanted, [], '')];
}

/** The changes when a whole file comes or goes: its members one by one. */
export function wholeChange(found: Json | undefined, wanted: Json | undefined): Change[] {
  const there = found ?? wanted;
  if (there?.kind !== 'object' || there.members.size === 0) return [{ steps: [], path: '', found, wanted }];
  const nothing: Json = { kind: 'object', members: new Map() };
  return changes(found ?? nothing, wanted ?? nothing);
}

type Pair = readonly [step: Step, found: Json | undefined, wanted: Json | undefined];

function* between(found: Json, wanted: Json, steps: readonly Step[], path: string): Generator<Change> {
  if (canonicalText(found) === canonicalText(wanted)) return;
  const inside = pairs(found, wanted)?.map((pair) => ({ pair, path: `${path}/${token(pair[0])}` }));
  if (!inside || inside.some((entry) => entry.path.length > longestPath)) {
    yield { steps, path, found, wanted };
    return;
  }
  for (const { pair, path: below } of inside) {
    const [step, a, b] = pair;
    const further = [...steps, step];
    if (a && b && !('order' in step)) yield* between(a, b, further, below);
    else if (a || b) yield { steps: further, path: below, found: a, wanted: b };
  }
}

/** What belongs together in two values; null where they can only be told apart as a whole. */
function pairs(found: Json, wanted: Json): Pair[] | null {
  if (found.kind === 'object' && wanted.kind === 'object') return byKey(found.members, wanted.members);
  if (found.kind !== 'list' || wanted.kind !== 'list') return null;
  return byId(found.items, wanted.items) ?? byIndex(found.items, wanted.items);
}

function byKey(found: ReadonlyMap<string, Json>, wanted: ReadonlyMap<string, Json>): Pair[] | null {
  const keys = [...new Set([...wanted.keys(), ...found.keys()])];
  if (!keys.every((key) => plainKey.test(key))) return null;
  return keys.map((key) => [{ key }, found.get(key), wanted.get(key)]);
}

function byId(found: readonly Json[], wanted: readonly Json[]): Pair[] | null {
  const [a, b] = [idsOf(found), idsOf(wanted)];
  if (!a || !b) return null;
  const ids = [...new Set([...b.keys(), ...a.keys()])];
  const common = (own: ReadonlyMap<string, Json>) =>
    [...own.keys()].filter((id) => a.has(id) && b.has(id)).join();
  const order: Pair[] = common(a) === common(b) ? [] : [[{ order: true }, listOf(a), listOf(b)]];
  return [...ids.map((id): Pair => [{ id }, a.get(id), b.get(id)]), ...order];
}

/** Entries by their `id`; null unless each has one of its own. */
export function idsOf(items: readonly Json[]): Map<string, Json> | null {
  const ids = new Map<string, Json>();
  for (const item of items) {
    const id = item.kind === 'object' ? item.members.get('id') : undefined;
    if (id?.kind !== 'string' || !plainId.test(id.value)) return null;
    ids.set(id.value, item);
  }
  return ids.size === items.length ? ids : null;
}

const listOf = (ids: ReadonlyMap<string, Json>): Json => ({
  kind: 'list',
  items: Array.from(ids.keys(), (value) => ({ kind: 'string', value })),
});

/** A list of plain values, such as [mul, add, shift], is one value: half of it means nothing. */
function byIndex(found: readonly Json[], wanted: readonly Json[]): Pair[] | null {
  const nested = ({ kind }: Json): boolean => kind === 'list' || kind === 'object';
  if (found.length !== wanted.length || ![...found, ...wanted].every(nested)) return null;
  return found.map((item, index) => [{ index }, item, wanted[index]]);
}

/** RFC 6901 §3; `(order)` is no id, so it stands for nothing else there. */
function token(step: Step): string {
  if ('key' in step) return step.key.replaceAll('~', '~0').replaceAll('/', '~1');
  if ('id' in step) return step.id;
  return 'index' in step ? String(step.index) : '(order)';
}
