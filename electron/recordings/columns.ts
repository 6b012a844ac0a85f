import type { ProfileChannel } from '../../shared/contract/profile.ts';
import { unitSymbol } from '../../shared/units/units.ts';
import { titleParts } from './dialect.ts';
import type { Table } from './table.ts';

/** What a recording must know of a channel. */
export type RecordedChannel = Pick<ProfileChannel, 'id' | 'unit' | 'quantum'> & { title?: string };

/** A column of values and the channel that it is; null where it is none, or counts in another unit. */
export interface ValueColumn {
  index: number;
  title: string;
  unit: string;
  channel: RecordedChannel | null;
  /** It has the name of a channel, but another unit: not taken, so that bar are not read as degrees. */
  otherUnit: boolean;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** `chosen`: channel by title of the column, before what the names say. */
export function valueColumns(
  { titles, units, timeColumn }: Pick<Table, 'titles' | 'units' | 'timeColumn'>,
  channels: readonly RecordedChannel[],
  chosen: Readonly<Record<string, string>> = {},
): ValueColumn[] {
  const isChosen = (title: string): boolean => Object.hasOwn(chosen, title);
  const columns = titles.map((title, index): ValueColumn => {
    const unit = units[index] ?? '';
    const wanted = isChosen(title) ? (chosen[title] ?? '') : title;
    const channel = channels.find(
      ({ id, title: name }) =>
        same(id, wanted) || (name !== undefined && same(titleParts(name).name, wanted)),
    );
    const otherUnit =
      channel !== undefined && unit !== '' && unit !== channel.unit && unit !== unitSymbol(channel.unit);
    return { index, title, unit, channel: otherUnit ? null : (channel ?? null), otherUnit };
  });
  const values = columns.filter(({ index }) => index !== timeColumn);
  // A channel is one column: the chosen one, else the first that has its name.
  const owners = new Map<string, number>();
  for (const column of values) {
    const id = column.channel?.id;
    if (id !== undefined && (!owners.has(id) || (isChosen(column.title) && !isOwnedByChoice(id))))
      owners.set(id, column.index);
  }
  return values.map((column) =>
    column.channel === null || owners.get(column.channel.id) === column.index
      ? column
      : { ...column, channel: null },
  );

  function isOwnedByChoice(id: string): boolean {
    const owner = owners.get(id);
    return owner !== undefined && isChosen(titles[owner] ?? '');
  }
}
