import { describe, expect, it } from 'vitest';
import { AuthorRule } from '../../../shared/contract/author.ts';
import { numbersOf, withNumber } from './numbers.ts';
import { scaleOf } from './scale.ts';

const plain = AuthorRule.parse({ id: 'hot', when: { sensor: 't1', above: '60.0' }, for: '2s' });
const rich = AuthorRule.parse({
  id: 'rich',
  when: {
    all: [
      { sensor: 't1', outside: ['10.0', '60.0'], deadband: '1.0' },
      {
        times: 3,
        of: { sensor: { sensor: 't1', average: '10s' }, rising: '0.5', per: 'min', over: '1min' },
        within: '10min',
      },
    ],
  },
  remind: { every: '10min', times: 3 },
});
const channel = {
  id: 't1',
  title: 'Bath',
  measurand: 'temperature',
  unit: 'degC',
  quantum: '0.001',
  adc: 26,
  oversample: 8,
  staleMs: 2000,
  min: '-50',
  max: '150',
  nominal: { mul: 1, add: 0, shift: 0 },
};

describe('numbers of a rule', () => {
  it('are the threshold, the dead-band though it is not written, and the delays', () => {
    expect(numbersOf(plain).map(({ path, kind, text }) => [path, kind, text])).toEqual([
      ['when.above', 'value', '60.0'],
      ['when.deadband', 'value', '0'],
      ['for', 'duration', '2s'],
      ['clearAfter', 'duration', '0s'],
    ]);
  });

  it('are found however deep they stand', () => {
    expect(numbersOf(rich).map(({ path }) => path)).toEqual([
      'when.all.0.outside.0',
      'when.all.0.outside.1',
      'when.all.0.deadband',
      'when.all.1.times',
      'when.all.1.within',
      'when.all.1.of.rising',
      'when.all.1.of.over',
      'when.all.1.of.sensor.average',
      'for',
      'clearAfter',
      'remind.every',
    ]);
    expect(numbersOf(rich).find(({ name }) => name === 'rising')).toMatchObject({ sensor: 't1', per: 'min' });
  });

  it('stand in parts that stay what they are while a number of them changes', () => {
    const parts = (rule: AuthorRule) => [...new Set(numbersOf(rule).map(({ part }) => part))];
    const [number] = numbersOf(rich);
    expect(parts(rich)).toEqual(['when.all.0', 'when.all.1', 'when.all.1.of', '']);
    expect(parts(withNumber(rich, number ?? raise(), '11.0'))).toEqual(parts(rich));
  });

  it('change in their place and nowhere else, and stay what the contract takes', () => {
    for (const number of [...numbersOf(rich), ...numbersOf(plain)]) {
      const rule = number.path.startsWith('when.all') || number.path.startsWith('remind') ? rich : plain;
      const text = number.kind === 'duration' ? '7s' : '7';
      const next = AuthorRule.parse(withNumber(rule, number, text));
      expect(numbersOf(next).map((each) => each.text)).toEqual(
        numbersOf(rule).map((each) => (each.path === number.path ? text : each.text)),
      );
    }
  });
});

describe('scale of a number', () => {
  const [above, deadband, onDelay] = numbersOf(plain);
  const values = scaleOf(above ?? raise(), '60.0', [channel], { low: 20, high: 80 });

  it('moves by one quantum for a key, and by round figures for a hand', () => {
    const place = values.placeOf('60.0') ?? raise();
    expect(values.moved(place, place + 1)).toBe('60.001');
    expect(values.moved(place, place + 1234)).toBe('61.000');
    expect([values.textOf(values.least), values.textOf(values.greatest)]).toEqual(['14.000', '86.000']);
  });

  it('holds the kept value, however far it is from what was recorded', () => {
    const far = scaleOf(above ?? raise(), '140', [channel], { low: 20, high: 80 });
    expect(far.greatest).toBeGreaterThanOrEqual(140_000);
  });

  it('spreads over round values, and begins at zero for widths', () => {
    expect(values.spread(40)).toContain('60.000');
    expect(values.spread(40).length).toBeLessThanOrEqual(41);
    expect(scaleOf(deadband ?? raise(), '0', [channel], null).least).toBe(0);
  });

  it('is about zero where two channels are held against each other, whatever they show', () => {
    const disagree = AuthorRule.parse({
      id: 'disagree',
      when: { sensor: 't1', minus: 't2', outside: ['-1', '1'], deadband: '0.2' },
    });
    const ends = numbersOf(disagree)
      .filter(({ kind }) => kind === 'value')
      .map((number) => {
        const { least, greatest, textOf } = scaleOf(number, number.text, [channel], { low: 20, high: 80 });
        return [number.name, textOf(least), textOf(greatest)];
      });
    expect(ends).toEqual([
      ['outsideLow', '-10.000', '10.000'],
      ['outsideHigh', '-10.000', '10.000'],
      ['deadband', '0.000', '10.000'],
    ]);
  });

  it('has delays as people say them, and the kept one among them', () => {
    const delays = scaleOf(onDelay ?? raise(), '7s', [channel], null);
    expect(delays.textOf(delays.placeOf('7s') ?? -1)).toBe('7s');
    expect(delays.textOf((delays.placeOf('7s') ?? -1) + 1)).toBe('10s');
    expect(delays.placeOf('soon')).toBeNull();
  });
});

function raise(): never {
  throw new Error('the number is not there');
}
