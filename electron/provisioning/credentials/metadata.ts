/*
 * `Reflect.getMetadata` and its kin as far as tsyringe asks for them, which @peculiar/x509 is built on: it will not load
 * without. No constructor there is wired by the types of its parameters, so nothing else of the proposal is needed
 * (rbuckton/reflect-metadata).
 */

type Key = string | symbol;
const table = new WeakMap<object, Map<Key, unknown>>();

const own = (key: Key, target: object): unknown => table.get(target)?.get(key);

function inherited(key: Key, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (table.get(at)?.has(key)) return own(key, at);
  }
  return undefined;
}

function define(key: Key, value: unknown, target: object): void {
  const entries = table.get(target) ?? new Map<Key, unknown>();
  table.set(target, entries);
  entries.set(key, value);
}

/** Leaves an implementation that is there in place. */
export function provideMetadata(): void {
  if ('getMetadata' in Reflect) return;
  Object.assign(Reflect, { getMetadata: inherited, getOwnMetadata: own, defineMetadata: define });
}
