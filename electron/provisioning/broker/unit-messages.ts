import { z } from 'zod';
import { HardwareId, Sha256 } from '../../../shared/contract/devices.ts';

// What a unit says at the broker. Anybody may have written it: every field is bounded.

const longestBytes = 16 * 1024;
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const channelId = z.string().max(40);

export const Birth = z.object({
  unit: HardwareId,
  agent: z.string().max(40),
  sw: Sha256.nullable(),
  tag: z.string().max(200),
  boot: count,
  t: count,
});
export type Birth = z.infer<typeof Birth>;

export const Data = z.object({
  boot: count,
  seq: count,
  t: count,
  v: z.record(channelId, z.number().int().nullable()),
});
export type Data = z.infer<typeof Data>;

export const Answer = z.union([
  z.object({ id: count, ok: z.object({ unit: HardwareId, boot: count }) }),
  z.object({ id: count, no: z.tuple([z.string().max(60), z.string().max(300)]) }),
]);
export type Answer = z.infer<typeof Answer>;

/** Null for anything that is not of that form. */
export function readMessage<T>(schema: z.ZodType<T>, payload: Uint8Array): T | null {
  if (payload.length > longestBytes) return null;
  try {
    return schema.safeParse(JSON.parse(Buffer.from(payload).toString('utf8'))).data ?? null;
  } catch {
    // No JSON: not of that form.
    return null;
  }
}
