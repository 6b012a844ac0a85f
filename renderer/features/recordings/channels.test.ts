import { describe, expect, it } from 'vitest';
import { firstShown, fits } from './channels.ts';

const channel = (id: string, unit: string) => ({ id, unit });
const channels = [
  channel('t1', 'degC'),
  channel('t2', 'degC'),
  channel('p1', 'bar'),
  channel('v1', 'V'),
  channel('t3', 'degC'),
  channel('t4', 'degC'),
];

describe('channels of a picture', () => {
  it('are the first four of two units', () => expect(firstShown(channels)).toEqual(['t1', 't2', 'p1', 't3']));

  it('begin with those that are wanted, in the order of the recording', () => {
    expect(firstShown(channels, ['v1'])).toEqual(['t1', 't2', 'v1', 't3']);
    expect(firstShown(channels, ['t4', 't3', 't2', 't1', 'p1'])).toEqual(['t1', 't2', 'p1', 't3', 't4']);
  });

  it('take no third unit', () => {
    const pressure = channels[2] ?? channel('p1', 'bar');
    expect(fits(pressure, channels, ['t1'])).toBe(true);
    expect(fits(pressure, channels, ['t1', 'v1'])).toBe(false);
    expect(fits(channel('t4', 'degC'), channels, ['t1', 'v1'])).toBe(true);
  });
});
