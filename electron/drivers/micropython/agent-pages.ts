import { z } from 'zod';
import { RuleEventKind } from '../../../shared/contract/devices.ts';
import type { Persisted } from '../../../shared/rules/rules.ts';
import type { UnitEvents } from '../driver.ts';

/*
 * What the agent answers page by page, as data; undefined where a page is none, or where they do not end.
 */

type Ask = (from: number) => Promise<unknown>;

const whole = z.number().int().nonnegative();
const id = z.string().max(64);
const Kept = z.object({
  rules: z
    .array(z.tuple([id, z.enum(['ACTIVE', 'LATCHED', 'NORMAL']), z.number().int().min(0).max(2)]))
    .max(64),
  shelves: z.array(z.tuple([id, z.number().int()])).max(64),
  next: whole.max(128).nullable(),
});

export async function readKept(ask: Ask): Promise<Persisted | undefined> {
  const kept: Persisted = [[], []];
  for (let from: number | null = 0; from !== null; ) {
    const page: z.infer<typeof Kept> | undefined = Kept.safeParse(await ask(from)).data;
    if (!page || (page.next !== null && page.next <= from)) return undefined;
    kept[0].push(...page.rules);
    kept[1].push(...page.shelves);
    from = page.next;
  }
  return kept;
}

const place = z.number().int().min(0).max(63);
const Event = z.union([
  z.tuple([whole, whole, place, RuleEventKind]),
  z.tuple([whole, whole, place, RuleEventKind, z.literal(1)]),
]);
const Events = z.object({
  boot: whole,
  rev: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .nullable(),
  t: whole,
  wall: whole.nullable(),
  /** Number since the boot of the first event of the page. */
  at: whole,
  events: z.array(Event).max(64),
  next: whole.nullable(),
});
type Page = z.infer<typeof Events>;

const eventOf = ([seq, t, rule, kind, first]: Page['events'][number]): UnitEvents['events'][number] => ({
  seq,
  t,
  rule,
  kind,
  ...(first === 1 ? { first: true as const } : {}),
});

/** A unit that restarts, or whose rules change between two pages, is read once more. */
export async function readEvents(ask: Ask): Promise<UnitEvents | undefined> {
  return (await readEventsOnce(ask)) ?? readEventsOnce(ask);
}

async function readEventsOnce(ask: Ask): Promise<UnitEvents | undefined> {
  let first: Page | undefined;
  const events: UnitEvents['events'] = [];
  for (let from: number | null = 0; from !== null; ) {
    const page: Page | undefined = Events.safeParse(await ask(from)).data;
    if (!page || (page.next !== null && page.next <= from)) return undefined;
    first ??= page;
    // Some were forgotten while they were read, or they are of another boot or other rules.
    const goesOn = page === first || (page.at === from && page.boot === first.boot && page.rev === first.rev);
    if (!goesOn) return undefined;
    events.push(...page.events.map(eventOf));
    from = page.next;
  }
  if (!first) return undefined;
  const { boot, rev: revision, t, wall, at: forgotten } = first;
  return { boot, revision, t, wall, events, forgotten };
}
