import { z } from 'zod';

/** What can be done to a simulated board; see docs/bench. */
export const BenchFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pullCable') }),
  z.strictObject({ kind: z.literal('plugIn') }),
  z.strictObject({ kind: z.literal('powerOff') }),
  z.strictObject({ kind: z.literal('powerOn') }),
  z.strictObject({ kind: z.literal('cutPowerAtByte'), n: z.number().int().positive() }),
  z.strictObject({
    kind: z.literal('flipBit'),
    atByte: z.number().int().positive(),
    direction: z.enum(['toBoard', 'toApp']),
  }),
  z.strictObject({ kind: z.literal('wedge') }),
  z.strictObject({ kind: z.literal('swapPorts'), with: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('fillDisk') }),
  z.strictObject({ kind: z.literal('freeDisk') }),
  z.strictObject({ kind: z.literal('networkDown') }),
  z.strictObject({ kind: z.literal('networkUp') }),
  z.strictObject({ kind: z.literal('babble'), bytes: z.enum(['garbage', 'ff', 'silence', 'off']) }),
]);
export type BenchFault = z.infer<typeof BenchFault>;

export const BenchState = z.strictObject({
  boards: z.array(
    z.strictObject({ board: z.number().int(), port: z.string(), plugged: z.boolean(), powered: z.boolean() }),
  ),
  bathCelsius: z.number(),
  setPointCelsius: z.number(),
  timeFactor: z.number(),
});
export type BenchState = z.infer<typeof BenchState>;
