import { z } from 'zod';
import { Failure } from '../contract/failure.ts';

import type { Parts } from './state.ts';

/** Rules that are on, latched, or whose end nobody was told yet; and for how long others are shelved still, ms. */
export type Persisted = [
  rules: [id: string, state: 'ACTIVE' | 'LATCHED' | 'NORMAL', told: number][],
  shelves: [id: string, leftMs: number][],
];

const Persisted = z.tuple([
  z
    .array(z.tuple([z.string(), z.enum(['ACTIVE', 'LATCHED', 'NORMAL']), z.number().int().min(0).max(2)]))
    .max(64),
  z.array(z.tuple([z.string(), z.number().int()])).max(64),
]);

export function writePersisted({ form, machines, telling, now }: Parts): Persisted {
  const rules = form.rule.flatMap(({ id }, i): Persisted[0] => {
    const told = telling.told(i);
    const state = machines.isOn(i) ? 'ACTIVE' : machines.isLatched(i) ? 'LATCHED' : 'NORMAL';
    return state === 'NORMAL' && told === 0 ? [] : [[id, state, told]];
  });
  const shelves = form.rule.flatMap(({ id }, i): Persisted[1] => {
    const until = telling.until(i);
    return until === null ? [] : [[id, until - (Number.isNaN(now) ? 0 : now)]];
  });
  return [rules, shelves];
}

/** Into a cold engine. Rules that are there no more are passed over. */
export function readPersisted({ form, machines, telling, now }: Parts, records: unknown): void {
  const parsed = Persisted.safeParse(records);
  if (!parsed.success || !Number.isNaN(now)) {
    throw new Failure('RULES_INVALID', { detail: 'what was kept over the reboot cannot be used' });
  }
  const [rules, shelves] = parsed.data;
  const left = new Map(shelves);
  const kept = new Map(rules.map(([id, ...record]) => [id, record]));
  for (const [i, { id }] of form.rule.entries()) {
    const [state, told = 0] = kept.get(id) ?? [];
    if (state === 'ACTIVE' || state === 'LATCHED') machines.boot(i, state);
    telling.restore(i, told, left.get(id) ?? null, false);
  }
}
