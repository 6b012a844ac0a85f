/** Channels that a picture has axes for: of two units at most. */
const MOST_UNITS = 2;
/** More lines than this are hard to tell apart; the others are one press away. */
const FIRST_SHOWN = 4;

interface Channel {
  id: string;
  unit: string;
}

const unitsOf = (channels: readonly Channel[]): Set<string> => new Set(channels.map(({ unit }) => unit));

/** Those that are shown before anybody has chosen: `wanted` first, such as those of the rules, then in order. */
export function firstShown(channels: readonly Channel[], wanted: readonly string[] = []): string[] {
  const first = channels.filter(({ id }) => wanted.includes(id));
  const ordered = [...first, ...channels.filter(({ id }) => !wanted.includes(id))];
  const shown: Channel[] = [];
  for (const channel of ordered) {
    if (shown.length >= Math.max(FIRST_SHOWN, first.length)) break;
    if (unitsOf([...shown, channel]).size <= MOST_UNITS) shown.push(channel);
  }
  const ids = shown.map(({ id }) => id);
  return channels.flatMap(({ id }) => (ids.includes(id) ? [id] : []));
}

/** A channel of a third unit has no axis, and waits until one of the others is taken off. */
export function fits(channel: Channel, channels: readonly Channel[], shown: readonly string[]): boolean {
  const others = channels.filter(({ id }) => shown.includes(id));
  return unitsOf([...others, channel]).size <= MOST_UNITS;
}
