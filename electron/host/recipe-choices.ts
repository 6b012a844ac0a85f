import type { z } from 'zod';
import { DecimalText } from '../../shared/contract/devices.ts';
import type { Profile, ProfileChannel } from '../../shared/contract/profile.ts';

/** The value where it has the shape that it must have. */
export function sound<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The sound numbers of a list, each with its place. */
export const soundDecimals = (list: unknown): { index: number; text: string }[] =>
  (Array.isArray(list) ? list : []).flatMap((entry: unknown, index) => {
    const text = sound(DecimalText, entry);
    return text === undefined ? [] : [{ index, text }];
  });

/**
 * The channels that can be meant. Where the profile or the channel is not known, a value is still a mistake when it
 * is one for every channel that could be put in its place.
 */
export interface Choices {
  /** Whose channels they are, in words. */
  owner: string;
  channels: readonly ProfileChannel[];
}

export function choicesOf(profile: Profile | undefined, profiles: ReadonlyMap<string, Profile>): Choices {
  if (profile) return { owner: profile.id, channels: profile.channels };
  return { owner: 'any profile', channels: [...profiles.values()].flatMap(({ channels }) => channels) };
}

/** Those of this name; all where there is none. */
export function choicesNamed({ channels }: Choices, name: unknown): readonly ProfileChannel[] {
  const named = channels.filter(({ id }) => id === name);
  return named.length > 0 ? named : channels;
}

export const namesOf = ({ channels }: Choices): string =>
  [...new Set(channels.map(({ id }) => id))].join(', ');
