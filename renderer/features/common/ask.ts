import type { z } from 'zod';
import type { HostClient } from './host.ts';

/** Asks for a method by its name; what comes back is checked here. REQUEST_INVALID where the host has no such method. */
export async function ask<T>(
  host: HostClient,
  method: string,
  params: unknown,
  result: z.ZodType<T>,
): Promise<T> {
  const call = host.call.bind(host) as unknown as (method: string, params: unknown) => Promise<unknown>;
  return result.parse(await call(method, params));
}
