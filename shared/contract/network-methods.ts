import { z } from 'zod';
import { BrokerSettings } from './connection.ts';
import { NetworkCandidate } from './devices.ts';

const candidates = z.array(NetworkCandidate);
/** Also what announces itself at this broker; null: names of the network only. */
const broker = BrokerSettings.nullable().default(null);

/** What may be found on the network: hints where to look, never an identity. */
export const networkMethods = {
  /** What is known now, where somebody is looking around; else, or with a broker, after a look of three seconds. */
  'network.list': { params: z.strictObject({ broker }), result: candidates },
  /** Looks around for as long as somebody wants to see it: until `on: false`, or until who asked has gone. */
  'network.watch': { params: z.strictObject({ on: z.boolean(), broker }), result: z.strictObject({}) },
} as const;

export const networkEvents = { 'network.changed': candidates } as const;
