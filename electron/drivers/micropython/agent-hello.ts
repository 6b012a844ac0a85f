import { z } from 'zod';
import { HardwareId, Sha256 } from '../../../shared/contract/devices.ts';
import { SlotName } from '../../../shared/contract/provision.ts';
import { deviceText } from '../device-text.ts';
import type { AgentHello } from '../driver.ts';

const whole = z.number().int().nonnegative();
const Fell = z.object({ from: SlotName, why: z.string().transform((why) => deviceText(why, 20)) });
const Hello = z.object({
  agent: z.string().max(40),
  unit: HardwareId,
  boot: whole,
  t: whole,
  tag: z.string().transform((tag) => deviceText(tag)),
  slot: SlotName.nullable(),
  sw: Sha256.nullable(),
  boots: whole.nullable(),
  fell: Fell.nullable(),
  n: whole.max(1000),
  channels: z.array(z.string().max(40)).max(64),
  rev: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .nullable(),
  period_ms: whole,
  /** Agents before the self-test did not say it. */
  eng: whole.optional(),
});

/** A hello without the hashes, which come page by page, and with what became of a slot that was given up. */
export interface HeardHello extends Omit<AgentHello, 'files'> {
  fellBack: { from: SlotName; why: string } | null;
}

/** What an agent says of itself; undefined for anything that is no hello. */
export function readHello(json: unknown): HeardHello | undefined {
  const parsed = Hello.safeParse(json);
  if (!parsed.success) return undefined;
  const { rev, eng, period_ms: periodMs, sw, boots: bootsLeft, fell: fellBack, n: _, ...rest } = parsed.data;
  return { ...rest, engine: eng ?? null, rulesRevision: rev, periodMs, manifest: sw, bootsLeft, fellBack };
}

/** What the program in `/main.py` says where it can start neither slot; undefined for anything else. */
export function readUnbootable(json: unknown): string | undefined {
  const parsed = z.object({ unbootable: z.string() }).safeParse(json);
  return parsed.data && deviceText(parsed.data.unbootable, 80);
}

const Restarted = z.object({ rev: Hello.shape.rev, from: whole });

/** The revision of the rules by which the engine goes on after a file was put in force; undefined for anything else. */
export function readRestarted(json: unknown): { revision: string | null } | undefined {
  const parsed = Restarted.safeParse(json);
  return parsed.data && { revision: parsed.data.rev };
}

const Page = z.object({
  files: z.array(z.tuple([z.string().max(200), Sha256])).max(20),
  next: whole.max(1000).nullable(),
});

/** All pages of hashes, each asked for by `ask`; undefined where one is none or they do not end. */
export async function readPages(
  ask: (from: number) => Promise<unknown>,
): Promise<Record<string, string> | undefined> {
  const found: [string, string][] = [];
  for (let from: number | null = 0; from !== null; ) {
    const page = Page.safeParse(await ask(from));
    if (!page.success) return undefined;
    const { files, next } = page.data;
    found.push(...files);
    if (next !== null && next <= from) return undefined;
    from = next;
  }
  return Object.fromEntries(found);
}
