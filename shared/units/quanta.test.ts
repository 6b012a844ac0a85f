import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberError } from './decimal.ts';
import { displayValue } from './display.ts';
import { isUnit, measurands, unitSymbol, unitTable } from './measurands.ts';
import { decimalPlaces, fromQuanta, nearestQuanta, toQuanta } from './quanta.ts';
import { divideFloor } from './rounding.ts';

const quantum = fc.constantFrom('0.001', '0.005', '0.25', '1', '10', '0.0000001');

describe('quanta', () => {
  it.each([
    ['23.512', '0.001', 23512],
    ['-0.5', '0.25', -2],
    ['23.51200', '0.001', 23512],
    ['120', '10', 12],
    ['0', '0.1', 0],
  ])('%s counts in %s', (value, step, count) => expect(toQuanta(value, step)).toBe(count));

  it.each([
    ['23.5121', '0.001'],
    ['0.3', '0.25'],
    ['1', '0'],
    ['1', '-0.1'],
    ['9007199254740993', '1'],
    ['warm', '1'],
  ])('%s is not counted in %s', (value, step) => expect(() => toQuanta(value, step)).toThrow(NumberError));

  it('goes there and back without loss', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), quantum, (count, step) => {
        const text = fromQuanta(count, step);
        expect(toQuanta(text, step)).toBe(count === 0 ? 0 : count);
        expect(nearestQuanta(text, step)).toBe(count === 0 ? 0 : count);
        expect(decimalPlaces(text)).toBe(decimalPlaces(step));
      }),
    );
  });

  it.each([
    ['0.0005', 'half-even', 0],
    ['0.0015', 'half-even', 2],
    ['0.0005', 'half-up', 1],
    ['-0.00051', 'half-even', -1],
  ] as const)('nearest to %s by %s is %i', (value, mode, count) =>
    expect(nearestQuanta(value, '0.001', mode)).toBe(count),
  );

  it('refuses a count that is not whole', () => expect(() => fromQuanta(1.5, '1')).toThrow(NumberError));
});

describe('floor division', () => {
  it('is the one Python has', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 20n }), (over, under) => {
        const floor = divideFloor(over, under);
        expect(floor * under <= over && over < (floor + 1n) * under).toBe(true);
      }),
    );
  });
});

describe('units', () => {
  it('shows a value with its symbol', () => {
    expect(displayValue('23.5125', 'degC', 3)).toBe('23.512\u00a0°C');
    expect(displayValue('0.5', 'one', 2)).toBe('0.50');
    expect(displayValue('-0.001', 'mA', 2)).toBe('0.00\u00a0mA');
  });
  it('shows an unknown unit by its own name', () => {
    expect(unitSymbol('furlong')).toBe('furlong');
    expect(isUnit('toString')).toBe(false);
  });
  it('has every unit of every measurand in the table', () => {
    const used = Object.values(measurands).flatMap((m) => [...m.units]);
    expect(used.filter((unit) => !isUnit(unit))).toEqual([]);
    expect(Object.keys(unitTable).filter((unit) => !used.some((u) => u === unit))).toEqual([]);
  });
});
