import { z } from 'zod';
import { DecimalText } from './devices.ts';

/** The agent's integers: value in quanta = floor((raw x mul + add) / 2^shift). */
export const IntegerLine = z.strictObject({
  mul: z.number().int(),
  add: z.number().int(),
  shift: z.number().int().min(0).max(40),
});
export type IntegerLine = z.infer<typeof IntegerLine>;

export const ProfileChannel = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,15}$/),
  title: z.string().max(60),
  measurand: z.string().max(40),
  /** A unit of `shared/units`, such as `degC`. */
  unit: z.string().max(20),
  /** Step of the channel's integer values, in `unit`. */
  quantum: DecimalText,
  /** ADC pin or channel number. */
  adc: z.number().int().nonnegative(),
  /** ADC readings that are summed into one raw value. */
  oversample: z.number().int().min(1).max(256),
  staleMs: z.number().int().nonnegative(),
  /** Range of the sensor, in `unit`. */
  min: DecimalText,
  max: DecimalText,
  /** Calibration of an ideal sensor of this type, before any adjustment. */
  nominal: IntegerLine,
});
export type ProfileChannel = z.infer<typeof ProfileChannel>;

/** A device profile: what a type of unit measures, and how. Data only. */
export const Profile = z.strictObject({
  profile: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  title: z.string().max(80),
  description: z.string().max(400),
  /** A frame with all of them must fit into one line of the agent. */
  channels: z.array(ProfileChannel).min(1).max(16),
});
export type Profile = z.infer<typeof Profile>;
