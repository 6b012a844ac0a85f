import { z } from 'zod';
import { SelfTestLine } from '../../../shared/contract/provision.ts';
import { deviceText } from '../device-text.ts';
import type { UnitUplink } from '../driver.ts';

const SelfTest = z.object({
  checks: z.array(z.tuple([z.string(), z.boolean(), z.string()])).max(64),
});
const time = z.number().int().nonnegative();
const Clock = z.object({ wall: time.nullable(), t: time });
const Shelved = z.object({ seq: time, until: time });
const text = z.string().transform((value) => deviceText(value, 120));
const Uplink = z.object({
  net: z.enum(['none', 'down', 'up']),
  ip: text.nullable(),
  mqtt: z.enum(['none', 'down', 'connecting', 'up']),
  trouble: z.tuple([text, z.union([z.number().int(), text]).nullable(), text]).nullable(),
});

/*
 * What the agent answers to its lesser verbs, as data; undefined for anything else.
 */

export function readSelfTest(json: unknown): SelfTestLine[] | undefined {
  const lines = SelfTest.safeParse(json).data?.checks.map(([what, ok, detail]) =>
    SelfTestLine.parse({ what: deviceText(what, 80), ok, detail: deviceText(detail, 120) }),
  );
  return lines;
}

export function readClock(json: unknown): { wall: number | null; t: number } | undefined {
  return Clock.safeParse(json).data;
}

export function readUplink(json: unknown): UnitUplink | undefined {
  const answer = Uplink.safeParse(json).data;
  if (!answer) return undefined;
  const [what, code, detail] = answer.trouble ?? [];
  return {
    network: answer.net,
    address: answer.ip,
    broker: answer.mqtt,
    trouble: what === undefined ? null : { what, code: code ?? null, detail: detail ?? '' },
  };
}

export function readShelved(json: unknown): { seq: number; until: number } | undefined {
  return Shelved.safeParse(json).data;
}
