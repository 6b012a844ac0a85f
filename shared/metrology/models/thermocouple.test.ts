import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fitRequest } from '../fit/fit-request.ts';
import { figures } from './figures.fixture.ts';
import { thermocoupleTypes } from './thermocouple.ts';
import { thermocouples } from './thermocouple-coefficients.ts';

const text = z.string();
const valuesOf = (rows: unknown): string[] =>
  z
    .array(z.object({ value: text }))
    .parse(rows)
    .map(({ value }) => value);
const refused = (path: string) => expect.objectContaining({ name: 'RequestError', path });
const model = 'thermocouple';
const piece = z.object({ min_degC: text, max_degC: text, coefficients: z.array(text) });
const { data } = figures(
  'thermocouples-its90',
  z.object({
    data: z.record(
      z.enum(thermocoupleTypes),
      z.object({
        forward_mV_from_degC: z.array(piece),
        table_every_10_degC_mV_rounded_3dp: z.array(z.tuple([z.number().transform(String), text])),
      }),
    ),
  }),
);
const voltages = (type: string, evaluate: string[], junction = '0'): string[] =>
  valuesOf(fitRequest({ model, type, evaluate, junction, digits: 40 }).evaluations);
const temperatures = (type: string, invert: string[], junction = '0'): string[] =>
  valuesOf(fitRequest({ model, type, invert, junction }).inverse);
/** Type B has its voltages twice below. */
const uniqueFrom = 43;

describe.each(thermocoupleTypes)('type %s', (type) => {
  const { forward_mV_from_degC: pieces, table_every_10_degC_mV_rounded_3dp: table } = data[type];
  const [low, high] = [Number(pieces[0]?.min_degC), Number(pieces.at(-1)?.max_degC)];

  it('has every coefficient of the monograph, to its last digit', () => {
    expect(thermocouples[type].map(({ from, to, coefficients }) => [from, to, coefficients])).toEqual(
      pieces.map(({ min_degC, max_degC, coefficients }) => [min_degC, max_degC, coefficients]),
    );
  });

  it('has the voltages of its table', () => {
    const found = voltages(
      type,
      table.map(([t]) => t),
    );
    for (const [i, [t, mV]] of table.entries())
      expect(Math.abs(Number(found[i]) - Number(mV)), t).toBeLessThanOrEqual(0.0005);
  });

  it('rises all the way, but for type B below 21 degC', () => {
    const from = type === 'B' ? 22 : low;
    const places = Array.from({ length: 400 }, (_, k) => (from + ((high - from) * k) / 399).toFixed(6));
    const found = voltages(type, places).map(Number);
    expect(found.slice(1).every((value, k) => value > (found[k] ?? 0))).toBe(true);
  });

  it('its pieces meet within 1e-7 mV', () => {
    for (const { max_degC } of pieces.slice(0, -1)) {
      const [at = '', after = ''] = voltages(type, [max_degC, (Number(max_degC) + 1e-9).toFixed(9)]);
      expect(Math.abs(Number(after) - Number(at))).toBeLessThan(1e-7);
    }
  });

  it('the temperature comes back from the voltage, at its ends and joins as well', () => {
    const least = type === 'B' ? uniqueFrom : low;
    const joins = pieces.map(({ max_degC }) => max_degC);
    const place = fc
      .integer({ min: Math.ceil(least * 1000), max: high * 1000 })
      .map((t) => (t / 1000).toString());
    const junction = fc.integer({ min: type === 'B' ? 0 : -40, max: 45 }).map(String);
    fc.assert(
      fc.property(fc.array(place, { maxLength: 6 }), junction, (random, cold) => {
        const places = [...random, String(least), ...joins];
        const back = temperatures(type, voltages(type, places, cold), cold);
        for (const [i, t] of places.entries())
          expect(Math.abs(Number(back[i]) - Number(t)), t).toBeLessThan(1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it('is refused outside its range', () => {
    expect(() => voltages(type, [(low - 0.001).toString()])).toThrow(refused('evaluate.0'));
    expect(() => voltages(type, ['100', (high + 0.001).toString()])).toThrow(refused('evaluate.1'));
    expect(() => temperatures(type, ['-11'])).toThrow(refused('invert.0'));
    expect(() => temperatures(type, ['80'])).toThrow(refused('invert.0'));
    expect(() => temperatures(type, ['1'], '-300')).toThrow(refused('junction'));
  });
});

describe('a thermocouple', () => {
  it('of type B is refused where a voltage has two temperatures', () => {
    for (const mV of ['0', '-0.001', '-0.0025']) expect(() => temperatures('B', [mV])).toThrow(/twice/);
  });

  it('has no voltage where both junctions are equally warm', () => {
    expect(voltages('K', ['25'], '25')).toEqual(['0']);
    expect(temperatures('K', ['0'], '25')).toEqual(['25']);
  });

  it('of an unknown type, or asked nothing, is refused', () => {
    expect(() => voltages('Z', ['1'])).toThrow(refused('type'));
    expect(() => fitRequest({ model, type: 'K' })).toThrow(refused('evaluate'));
  });
});
