import { idsOf, type Step } from './changes.ts';
import type { Json } from './json-text.ts';

/** The value at a place that was found in another one; undefined where this one has none. */
export function valueAt(value: Json | undefined, steps: readonly Step[]): Json | undefined {
  return steps.reduce<Json | undefined>((at, step) => at && inside(at, step), value);
}

function inside(value: Json, step: Step): Json | undefined {
  if ('key' in step) return value.kind === 'object' ? value.members.get(step.key) : undefined;
  if (value.kind !== 'list') return undefined;
  if ('id' in step) return idsOf(value.items)?.get(step.id);
  if ('index' in step) return value.items[step.index];
  const ids = idsOf(value.items);
  return ids
    ? { kind: 'list', items: Array.from(ids.keys(), (id) => ({ kind: 'string', value: id })) }
    : undefined;
}

/** The same with another value at a place that it has; undefined takes a member of an object away. */
export function withValueAt(value: Json, [step, ...further]: readonly Step[], put: Json | undefined): Json {
  if (!step) return put ?? value;
  const below = (old: Json | undefined): Json | undefined =>
    further.length > 0 && old ? withValueAt(old, further, put) : put;
  if (value.kind === 'object' && 'key' in step)
    return member(value, step.key, below(value.members.get(step.key)));
  if (value.kind !== 'list') return value;
  const items = value.items.map((item, index) => (isMeant(item, index, step) ? (below(item) ?? item) : item));
  return { kind: 'list', items };
}

function member(value: Json & { kind: 'object' }, key: string, put: Json | undefined): Json {
  const members = new Map(value.members);
  if (put) members.set(key, put);
  else members.delete(key);
  return { kind: 'object', members };
}

function isMeant(item: Json, index: number, step: Step): boolean {
  if ('index' in step) return index === step.index;
  const id = item.kind === 'object' ? item.members.get('id') : undefined;
  return 'id' in step && id?.kind === 'string' && id.value === step.id;
}
