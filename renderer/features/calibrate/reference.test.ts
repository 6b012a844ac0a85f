import { describe, expect, it } from 'vitest';
import { dayOf } from '../common/today.ts';
import { firstModbus, modbusDraftOf, networkPort, readModbus } from './reference.ts';

describe('how a reference is read', () => {
  it('reads Modbus settings, and what it read', () => {
    const read = readModbus({ ...firstModbus('degC'), address: '40', decimals: '3', type: 'float32' });
    expect(read).toMatchObject({
      source: { kind: 'modbus', unitId: 1, address: 40, decimals: 3, unit: 'degC' },
    });
    if ('source' in read && read.source.kind === 'modbus') {
      expect(readModbus(modbusDraftOf(read.source))).toEqual(read);
    }
  });

  it.each([
    ['unitId', '256'],
    ['address', '-1'],
    ['address', '4e1'],
    ['decimals', ''],
    ['baudRate', '100'],
  ] as const)('names %s where it is %s', (problem, text) => {
    expect(readModbus({ ...firstModbus('degC'), [problem]: text })).toEqual({ problem });
  });

  it.each([
    ['192.0.2.7:502', 'tcp:192.0.2.7:502'],
    [' bath.lab:5025 ', 'tcp:bath.lab:5025'],
    ['[2001:db8::1]:502', 'tcp:[2001:db8::1]:502'],
    ['192.0.2.7', null],
    ['bath:0', null],
    ['bath:70000', null],
    ['2001:db8::1:502', null],
  ])('takes %s for %s', (typed, port) => expect(networkPort(typed)).toBe(port));

  it('dates by the day of this place', () => {
    expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});
