import type { Frame } from '../contract/devices.ts';
import type { Inputs } from './nodes.ts';
import type { Shelve } from './telling.ts';

/** What a unit's engine took in with a frame, as its line tells it: beside the channels, what it was told of rules. */
export function takenIn(channels: Frame['channels']): {
  inputs: Inputs;
  acknowledged: number[];
  shelves: Shelve[];
} {
  const commands = new Set(['$ack', '$shelve']);
  const samples = channels.filter(({ id }) => !commands.has(id));
  return {
    inputs: Object.fromEntries(samples.map(({ id, value }) => [id, value])),
    acknowledged: channels.flatMap(({ id, value }) => (id === '$ack' && value !== null ? [value] : [])),
    shelves: channels.flatMap(({ id, value, raw }): Shelve[] =>
      id === '$shelve' && value !== null && raw !== null ? [[value, raw]] : [],
    ),
  };
}
